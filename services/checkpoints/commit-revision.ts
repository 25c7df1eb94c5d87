import { AppError } from '#core/errors.ts'
import type { Review } from '#domain/review.ts'
import type { ScopedTransaction } from '#prisma/scoped.ts'
import type { ServiceContext } from '../context.ts'
import { refuseStale, type Checkpoint } from './find-checkpoint.ts'

/**
 * Makes a revision the newest. While its checkpoint waits, it becomes what is judged; after the decision (or where edits
 * belong to an earlier checkpoint) that checkpoint is opened again with it, and only what depends on the change is redone.
 * One statement guards it: of two people who edit the same revision, the second gets STALE.
 * @param request.record writes the revision's row in the same transaction; throws to call it off
 */
export async function commitRevision(request: {
  readonly ctx: ServiceContext
  readonly checkpoint: Checkpoint
  /** the revision that the edit was made on */
  readonly base: number
  readonly review: Review
  readonly record: (transaction: ScopedTransaction) => Promise<void>
}): Promise<void> {
  const { ctx, checkpoint, base, review, record } = request
  refuseStale(checkpoint, base)
  const inPlace = checkpoint.status === 'waiting_person' && checkpoint.editsAt === undefined
  await ctx.db.$transaction(async (transaction) => {
    const moved = await transaction.step.updateMany({
      where: {
        id: checkpoint.id,
        revision: base,
        status: inPlace ? 'waiting_person' : { in: ['waiting_person', 'done'] },
      },
      data: { revision: base + 1, ...(inPlace ? { subject: review } : {}) },
    })
    if (moved.count === 0)
      throw new AppError('STALE', 'a newer revision is there', { data: { newest: checkpoint.revision } })
    await record(transaction)
  })
  if (!inPlace) await reopenWith(ctx, checkpoint, base, review)
}

async function reopenWith(ctx: ServiceContext, checkpoint: Checkpoint, base: number, review: Review): Promise<void> {
  const { runId, fanKey } = checkpoint
  const node = checkpoint.editsAt ?? checkpoint.node
  try {
    await ctx.engine.redo({ scope: ctx.scope, runId, node, fanKey, memberId: ctx.member.id, output: review })
  } catch (error) {
    // nothing was opened: what is shown is still the newest, and the edit can be sent again
    await ctx.db.step.updateMany({ where: { id: checkpoint.id, revision: base + 1 }, data: { revision: base } })
    await ctx.db.revision.updateMany({
      where: { stepId: checkpoint.id, number: base + 1, status: 'applied' },
      data: { status: 'discarded' },
    })
    throw error
  }
}
