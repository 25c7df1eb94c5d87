import type pg from 'pg'
import type { AppError } from '#core/errors.ts'
import type { Engine } from './engine.ts'
import { nodeOf, patch, type DraftStep, type RunDraft } from './run-draft.ts'
import { stepError } from './settle.ts'
import type { Timings } from './timings.ts'
import { withRun } from './with-run.ts'

/**
 * Ends an attempt by its error's category (DESIGN 5): transient waits and tries again, infrastructure waits and is
 * probed without consuming a retry, quality is done but doubted, permanent is failed.
 * Undefined: a stale attempt. `retryInMs`: when the step is due again.
 */
export async function fail(
  pool: pg.Pool,
  timings: Timings,
  { stepId, fence, error }: Parameters<Engine['fail']>[0],
): Promise<{ readonly runId: string; readonly retryInMs?: number } | undefined> {
  const found = await pool.query<{ runId: string }>('select run_id as "runId" from step where id = $1', [stepId])
  const runId = found.rows[0]?.runId
  if (runId === undefined) return undefined
  return withRun(pool, { runId }, (draft) => {
    const step = draft.steps.get(stepId)
    if (step?.status !== 'running' || step.fence !== String(fence)) return undefined
    const retryInMs = waitOf(draft, step, error, timings)
    if (retryInMs === undefined) end(draft, step, error)
    else wait(draft, step, error, retryInMs)
    return { runId, ...(retryInMs !== undefined && { retryInMs }) }
  })
}

function waitOf(draft: RunDraft, step: DraftStep, error: AppError, timings: Timings): number | undefined {
  if (error.category === 'infrastructure') return timings.probeMs
  if (error.category !== 'transient') return undefined
  const node = nodeOf(draft.run.plan, step)
  if (step.attempt >= (node?.kind === 'stage' ? node.retries : 0)) return undefined
  if (error.retryAfterMs !== undefined) return timings.scale(error.retryAfterMs)
  return timings.backoffMs[Math.min(step.attempt, timings.backoffMs.length - 1)]
}

function wait(draft: RunDraft, step: DraftStep, error: AppError, retryInMs: number): void {
  patch(draft, step, {
    status: 'ready',
    attempt: step.attempt + (error.category === 'transient' ? 1 : 0),
    fence: null,
    workerId: null,
    queuedAt: null,
    progress: null,
    availableAt: new Date(Date.parse(draft.now) + retryInMs).toISOString(),
    error: stepError(error, draft.now),
  })
}

function end(draft: RunDraft, step: DraftStep, error: AppError): void {
  const { output, ...values } = error.data
  const doubted = error.category === 'quality' && output !== undefined
  patch(draft, step, {
    status: doubted ? 'done' : 'failed',
    ...(doubted && { output }),
    progress: null,
    finishedAt: draft.now,
    error: { ...stepError(error, draft.now), data: doubted ? values : error.data },
  })
}
