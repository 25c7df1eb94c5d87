import { AppError } from '#core/errors.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import type { ServiceContext } from '../context.ts'
import { invalid } from '../invalid.ts'
import { readLanguage } from '../languages/read-language.ts'
import { currentRun } from './control-run.ts'

/** What a retry may change of a failed step's input. */
export interface RetryChange {
  /** the source's language, as typed */
  readonly from?: string | undefined
  readonly provider?: string | undefined
  readonly voice?: string | undefined
  /** one's own transcript in place of recognition */
  readonly transcript?: ArtifactRef | undefined
}

/** Tries one failed step again, with what was changed. @throws STALE when it no longer failed, INVALID_INPUT for an unknown language */
export async function retryStep(request: { readonly ctx: ServiceContext; readonly stepId: string; readonly change?: RetryChange }): Promise<void> {
  const { ctx, stepId, change = {} } = request
  const step = await ctx.db.step.findFirst({ where: { id: stepId }, select: { status: true, projectId: true } })
  if (step === null) throw new AppError('NOT_FOUND', 'no such step')
  if (step.status !== 'failed') throw new AppError('STALE', 'this step did not fail', { data: { status: step.status } })
  const from = change.from === undefined ? undefined : readLanguage(ctx.t, change.from)
  const overrides = Object.fromEntries(Object.entries({ ...change, from }).filter(([, value]) => value !== undefined))
  if (change.transcript !== undefined) {
    await ctx.db.artifact.updateMany({ where: { id: change.transcript.id, projectId: null }, data: { projectId: step.projectId } })
  }
  await ctx.engine.retry({ scope: ctx.scope, stepId, ...(Object.keys(overrides).length === 0 ? {} : { overrides }) })
  ctx.log.info({ projectId: step.projectId, stepId, changed: Object.keys(overrides), memberId: ctx.member.id }, 'step retried')
}

/** Tries every failed step of a project's newest run again; says how many. @throws INVALID_INPUT when none failed */
export async function retryProject(request: { readonly ctx: ServiceContext; readonly projectId: string }): Promise<number> {
  const { ctx, projectId } = request
  const run = await currentRun(ctx, projectId)
  const failed = await ctx.db.step.findMany({ where: { runId: run.id, status: 'failed' }, select: { id: true } })
  if (failed.length === 0) throw invalid(ctx.t, 'commands.problem.nothingFailed')
  for (const { id } of failed) await retryStep({ ctx, stepId: id })
  return failed.length
}
