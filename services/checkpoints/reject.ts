import type { ServiceContext } from '../context.ts'
import { findCheckpoint } from './find-checkpoint.ts'

/**
 * Rejects what revision `revision` shows: this branch ends, the others go on.
 * @throws ALREADY_DECIDED {by} with the decider's name, STALE when a newer revision is there
 */
export async function reject(request: {
  readonly ctx: ServiceContext
  readonly stepId: string
  readonly revision: number
}): Promise<void> {
  const { ctx, stepId, revision } = request
  const checkpoint = await findCheckpoint(ctx, stepId)
  const { scope, member } = ctx
  await ctx.engine.reject({ scope, stepId, revision, memberId: member.id })
  ctx.log.info(
    { projectId: checkpoint.projectId, stepId, checkpoint: checkpoint.name, memberId: member.id },
    'checkpoint rejected',
  )
}
