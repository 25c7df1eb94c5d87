import { deleteOld } from '#services/upkeep/delete-old.ts'
import { defineSchedule } from './define.ts'

export const retention = defineSchedule({
  name: 'retention',
  cron: '37 * * * *',
  timezone: 'UTC',
  async run(ctx) {
    await deleteOld(ctx)
  },
})
