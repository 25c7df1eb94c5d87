import { AppError } from '#core/errors.ts'
import { newestRun } from '#prisma/queries/runs.ts'
import type { ServiceContext } from '../context.ts'

/** The run that a project's thread shows. @throws NOT_FOUND before the first one has begun */
export async function currentRun(
  ctx: ServiceContext,
  projectId: string,
): Promise<{ id: string; ordinal: number; status: string }> {
  const run = await newestRun(ctx.db, projectId)
  if (run === undefined) throw new AppError('NOT_FOUND', 'no run yet')
  return run
}

/**
 * Pauses, resumes or cancels the newest run of a project.
 * @throws INVALID_INPUT when its state does not allow it, saying which state it is in
 */
export async function controlRun(request: {
  readonly ctx: ServiceContext
  readonly projectId: string
  readonly verb: 'pause' | 'resume' | 'cancel'
}): Promise<void> {
  const { ctx, projectId, verb } = request
  const run = await currentRun(ctx, projectId)
  if (!ALLOWED[verb].includes(run.status)) {
    const reason = ctx.t('commands.problem.runState', {
      status: ctx.t(`commands.state.${run.status}` as 'commands.state.done'),
    })
    throw new AppError('INVALID_INPUT', `cannot ${verb} a run that is ${run.status}`, {
      data: { status: run.status, reason },
    })
  }
  await ctx.engine[verb]({ scope: ctx.scope, runId: run.id })
  ctx.log.info({ projectId, runId: run.id, verb, memberId: ctx.member.id }, 'run controlled')
}

const ALLOWED: Readonly<Record<'pause' | 'resume' | 'cancel', readonly string[]>> = {
  pause: ['active', 'waiting'],
  resume: ['paused'],
  cancel: ['active', 'waiting', 'paused', 'failed'],
}

/** The same for the run that a button was shown for. @throws STALE when a later run has taken its place */
export async function controlRunById(request: {
  readonly ctx: ServiceContext
  readonly runId: string
  readonly verb: 'pause' | 'resume' | 'cancel'
}): Promise<void> {
  const { ctx, runId, verb } = request
  const shown = await ctx.db.run.findFirst({ where: { id: runId }, select: { projectId: true } })
  if (shown === null) throw new AppError('NOT_FOUND', 'no such run')
  const run = await currentRun(ctx, shown.projectId)
  if (run.id !== runId) throw new AppError('STALE', 'a later run is there')
  await controlRun({ ctx, projectId: shown.projectId, verb })
}
