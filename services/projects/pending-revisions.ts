import type { CueChange } from '#domain/diff.ts'
import type { PendingRevision, StepView } from '#domain/project-view.ts'
import { review as reviewSchema } from '#domain/review.ts'
import type { ScopedDb } from '#prisma/scoped.ts'

/** Edits that wait for [apply] or [discard] at these steps, oldest first; those that another edit overtook are left out. */
export async function pendingRevisions(db: ScopedDb, steps: readonly StepView[]): Promise<PendingRevision[]> {
  const byId = new Map(
    steps.flatMap((step) =>
      step.checkpoint === undefined || step.status === 'superseded' ? [] : [[step.id, step.checkpoint] as const],
    ),
  )
  const rows = await db.revision.findMany({
    where: { stepId: { in: [...byId.keys()] }, status: 'pending' },
    orderBy: { createdAt: 'asc' },
  })
  return rows.flatMap(({ id, stepId, number, memberId, createdAt, review, changes }) => {
    const checkpoint = byId.get(stepId)
    const parsed = reviewSchema.safeParse(review)
    if (checkpoint === undefined || !parsed.success || number !== checkpoint.revision + 1) return []
    const target = checkpoint.review?.target ?? parsed.data.target
    // written by draftRevision as CueChange[]
    return [
      {
        id,
        stepId,
        number,
        memberId,
        createdAt,
        checkpoint: checkpoint.name,
        target,
        changes: changes as unknown as CueChange[],
        review: parsed.data,
      },
    ]
  })
}
