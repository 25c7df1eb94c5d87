import { forgetExpired } from '#services/upkeep/forget-expired.ts'
import { defineSchedule } from './define.ts'

export const expired = defineSchedule({
  name: 'expired',
  cron: '17 * * * *',
  timezone: 'UTC',
  async run(ctx) {
    await forgetExpired(ctx)
  },
})
