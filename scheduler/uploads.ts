import { cleanUploads } from '#services/upkeep/clean-uploads.ts'
import { defineSchedule } from './define.ts'

export const uploads = defineSchedule({
  name: 'uploads',
  cron: '7 * * * *',
  timezone: 'UTC',
  async run(ctx) {
    await cleanUploads(ctx)
  },
})
