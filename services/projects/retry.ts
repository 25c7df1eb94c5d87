import { AppError } from '#core/errors.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import { isSubtitles } from '#domain/subtitles/is-subtitles.ts'
import { parseSubtitles } from '#domain/subtitles/parse.ts'
import { readText } from '../artifacts/read-text.ts'
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
export async function retryStep(request: {
  readonly ctx: ServiceContext
  readonly stepId: string
  readonly change?: RetryChange
}): Promise<void> {
  const { ctx, stepId, change = {} } = request
  const step = await ctx.db.step.findFirst({ where: { id: stepId }, select: { status: true, projectId: true } })
  if (step === null) throw new AppError('NOT_FOUND', 'no such step')
  if (step.status !== 'failed') throw new AppError('STALE', 'this step did not fail', { data: { status: step.status } })
  const from = change.from === undefined ? undefined : readLanguage(ctx.t, change.from)
  const overrides = Object.fromEntries(Object.entries({ ...change, from }).filter(([, value]) => value !== undefined))
  if (change.transcript !== undefined) {
    await ctx.db.artifact.updateMany({
      where: { id: change.transcript.id, projectId: null },
      data: { projectId: step.projectId },
    })
  }
  await ctx.engine.retry({ scope: ctx.scope, stepId, ...(Object.keys(overrides).length === 0 ? {} : { overrides }) })
  ctx.log.info(
    { projectId: step.projectId, stepId, changed: Object.keys(overrides), memberId: ctx.member.id },
    'step retried',
  )
}

/** Tries every failed step of a project's newest run again; says how many. @throws INVALID_INPUT when none failed */
export async function retryProject(request: {
  readonly ctx: ServiceContext
  readonly projectId: string
}): Promise<number> {
  const { ctx, projectId } = request
  const run = await currentRun(ctx, projectId)
  const failed = await ctx.db.step.findMany({ where: { runId: run.id, status: 'failed' }, select: { id: true } })
  if (failed.length === 0) throw invalid(ctx.t, 'commands.problem.nothingFailed')
  for (const { id } of failed) await retryStep({ ctx, stepId: id })
  return failed.length
}

/**
 * Tries a failed recognition again with the transcript that was sent. The file is read now, so that what is wrong with it
 * is said to who sent it.
 * @throws INVALID_INPUT without a subtitle file, BAD_SUBTITLES {line, reason}, STALE
 */
export async function retryWithTranscript(request: {
  readonly ctx: ServiceContext
  readonly stepId: string
  readonly files: readonly ArtifactRef[]
  readonly from?: string | undefined
}): Promise<void> {
  const { ctx, stepId, files, from } = request
  const transcript = files.find(isSubtitles)
  if (transcript === undefined) throw invalid(ctx.t, 'commands.problem.noTranscript')
  parseSubtitles(transcript.name, await readText({ ctx, file: transcript }))
  await retryStep({ ctx, stepId, change: { transcript, from } })
}
