import { startUnstarted } from '#services/upkeep/start-unstarted.ts'
import { defineSchedule } from './define.ts'

export const unstarted = defineSchedule({
  name: 'unstarted',
  cron: '* * * * *',
  timezone: 'UTC',
  async run(ctx) {
    await startUnstarted(ctx)
  },
})
