import type { ReminderView, StepView } from '#domain/project-view.ts'
import type { ScopedDb } from '#prisma/scoped.ts'

/** Reminders that were sent for checkpoints which still wait. */
export async function dueReminders(db: ScopedDb, steps: readonly StepView[]): Promise<ReminderView[]> {
  const waiting = new Map(steps.filter((step) => step.status === 'waiting_person').map((step) => [step.id, step]))
  if (waiting.size === 0) return []
  const rows = await db.reminder.findMany({
    where: { stepId: { in: [...waiting.keys()] } },
    orderBy: { sentAt: 'asc' },
  })
  return rows.flatMap(({ stepId, hours, sentAt }) => {
    const step = waiting.get(stepId)
    if (step?.checkpoint === undefined) return []
    return [
      {
        stepId,
        hours,
        sentAt,
        checkpoint: step.checkpoint.name,
        target: step.checkpoint.review?.target ?? step.fanKey,
      },
    ]
  })
}
