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
  if (revision.status !== 'pending') throw await alreadyDecided(ctx, revisionId)
  const decide = async (db: Pick<ServiceContext['db'], 'revision'>, status: 'applied' | 'discarded') => {
    const decided = await db.revision.updateMany({
      where: { id: revisionId, status: 'pending' },
      data: { status, decidedAt: ctx.now(), decidedBy: ctx.member.id },
    })
    if (decided.count === 0) throw await alreadyDecided(ctx, revisionId)
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
      await transaction.revision.updateMany({
        where: others,
        data: { status: 'discarded', decidedAt: ctx.now(), decidedBy: ctx.member.id },
      })
    },
  })
  ctx.log.info({ projectId: checkpoint.projectId, revisionId, memberId: ctx.member.id }, 'revision applied')
}

async function alreadyDecided({ db }: ServiceContext, revisionId: string): Promise<AppError> {
  const decided = await db.revision.findFirst({ where: { id: revisionId }, select: { status: true, decidedBy: true } })
  const memberId = decided?.decidedBy ?? ''
  const by = memberId === '' ? null : await db.member.findFirst({ where: { id: memberId }, select: { name: true } })
  const decision = decided?.status ?? ''
  return new AppError('ALREADY_DECIDED', `this edit was ${decision}`, {
    data: { by: by?.name ?? '', memberId, decision },
  })
}
