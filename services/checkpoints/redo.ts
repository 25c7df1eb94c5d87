import { redoOverrides } from '#domain/redo-choice.ts'
import type { ServiceContext } from '../context.ts'
import { invalid } from '../invalid.ts'
import { findCheckpoint, refuseStale } from './find-checkpoint.ts'

/**
 * Makes what a checkpoint shows once more, with another provider or voice when `choice` names one (domain/redo-choice).
 * @throws STALE when it is no longer the newest, INVALID_INPUT for a choice that is not offered or a checkpoint without redo
 */
export async function redo(request: {
  readonly ctx: ServiceContext
  readonly stepId: string
  readonly revision: number
  readonly choice?: string
}): Promise<void> {
  const { ctx } = request
  const checkpoint = await findCheckpoint(ctx, request.stepId)
  const overrides = redoOverrides(request.choice)
  if (overrides === undefined) throw invalid(ctx.t, 'commands.problem.redoChoice', { typed: request.choice })
  if (checkpoint.redo === undefined) throw invalid(ctx.t, 'commands.problem.noRedo')
  refuseStale(checkpoint, request.revision)
  const { node, capability } = checkpoint.redo
  const { runId, fanKey } = checkpoint
  await ctx.engine.redo({
    scope: ctx.scope,
    runId,
    node,
    fanKey,
    memberId: ctx.member.id,
    overrides:
      // who names a recogniser does not want one's own file read again
      capability === 'transcription' && overrides.provider !== undefined
        ? { ...overrides, transcript: null }
        : overrides,
  })
  ctx.log.info(
    { projectId: checkpoint.projectId, stepId: checkpoint.id, overrides, memberId: ctx.member.id },
    'step redone',
  )
}
