import { AppError } from '#core/errors.ts'
import { review as reviewSchema } from '#domain/review.ts'
import type { ServiceContext } from '../context.ts'
import { commitRevision } from './commit-revision.ts'
import { findCheckpoint } from './find-checkpoint.ts'

/**
 * Applies or discards a proposed edit. One effect, however many click.
 * @throws ALREADY_DECIDED when it no longer waits, STALE when another edit became the newest revision meanwhile
 */
export async function decideRevision(request: {
  readonly ctx: ServiceContext
  readonly revisionId: string
  readonly decision: 'apply' | 'discard'
}): Promise<void> {
  const { ctx, revisionId, decision } = request
  const revision = await ctx.db.revision.findFirst({ where: { id: revisionId } })
  if (revision === null) throw new AppError('NOT_FOUND', 'no such revision')
  if (revision.status !== 'pending') throw alreadyDecided(revision.status)
  const decide = async (db: Pick<ServiceContext['db'], 'revision'>, status: 'applied' | 'discarded') => {
    const decided = await db.revision.updateMany({
      where: { id: revisionId, status: 'pending' },
      data: { status, decidedAt: ctx.now() },
    })
    if (decided.count === 0) throw alreadyDecided(status)
  }
  if (decision === 'discard') return decide(ctx.db, 'discarded')
  const checkpoint = await findCheckpoint(ctx, revision.stepId)
  await commitRevision({
    ctx,
    checkpoint,
    base: revision.number - 1,
    review: reviewSchema.parse(revision.review),
    record: async (transaction) => {
      await decide(transaction, 'applied')
      const others = { stepId: revision.stepId, status: 'pending' }
      await transaction.revision.updateMany({ where: others, data: { status: 'discarded', decidedAt: ctx.now() } })
    },
  })
  ctx.log.info({ projectId: checkpoint.projectId, revisionId, memberId: ctx.member.id }, 'revision applied')
}

function alreadyDecided(decision: string): AppError {
  return new AppError('ALREADY_DECIDED', `this edit was ${decision}`, { data: { decision } })
}
