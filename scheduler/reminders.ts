import { sendReminders } from '#services/upkeep/send-reminders.ts'
import { defineSchedule } from './define.ts'

export const reminders = defineSchedule({
  name: 'reminders',
  cron: '* * * * *',
  timezone: 'UTC',
  async run(ctx) {
    await sendReminders(ctx)
  },
})
