import type { ServiceContext } from '../context.ts'
import { findCheckpoint } from './find-checkpoint.ts'

/**
 * Approves exactly what revision `revision` shows. One effect, however many click.
 * @throws ALREADY_DECIDED {by} with the decider's name, STALE when a newer revision is there
 */
export async function approve(request: {
  readonly ctx: ServiceContext
  readonly stepId: string
  readonly revision: number
}): Promise<void> {
  const { ctx, stepId, revision } = request
  const checkpoint = await findCheckpoint(ctx, stepId)
  const { scope, member } = ctx
  // the engine refuses when the revision moved on meanwhile, so this review is the one of `revision`
  await ctx.engine.approve({ scope, stepId, revision, memberId: member.id, output: checkpoint.review })
  ctx.log.info(
    { projectId: checkpoint.projectId, stepId, checkpoint: checkpoint.name, memberId: member.id },
    'checkpoint approved',
  )
}
