import type { Scene } from '../scene.ts'
import type { DatedPost } from '../view.ts'

/** A nudge for what has waited for hours: a new post, because an edited one notifies nobody. */
export function reminderPosts({ view, steps, t, say, mentions }: Scene): DatedPost[] {
  return view.reminders
    .filter((reminder) => steps.some((step) => step.id === reminder.stepId && step.status === 'waiting_person'))
    .map((reminder) => {
      const checkpoint = say.word(`cards.checkpoint.${reminder.checkpoint}`, reminder.checkpoint)
      return {
        key: `reminder:${reminder.checkpoint}:${reminder.target}`,
        generation: reminder.hours,
        at: reminder.sentAt,
        mentions,
        card: {
          tone: 'info',
          text: t('cards.reminder', { checkpoint, language: say.language(reminder.target), hours: reminder.hours }),
        },
      }
    })
}
