import type pg from 'pg'
import { AppError } from '#core/errors.ts'
import type { Engine } from './engine.ts'
import { regenerate } from './regenerate.ts'
import { dependentsOf, patch, type DraftStep, type RunDraft } from './run-draft.ts'
import { withRun } from './with-run.ts'

/**
 * A failed step is ready again with fresh retries, its input changed by `overrides`; what was skipped because of it
 * waits again, joins that settled without it are made again. Throws NOT_FOUND, or STALE when the step did not fail.
 */
export async function retry(
  pool: pg.Pool,
  request: Parameters<Engine['retry']>[0],
): Promise<{ readonly runId: string }> {
  const { scope, stepId, overrides } = request
  const found = await pool.query<{ runId: string }>('select run_id as "runId" from step where id = $1', [stepId])
  const runId = found.rows[0]?.runId
  if (runId === undefined) throw new AppError('NOT_FOUND', `no step ${stepId}`)
  await withRun(pool, { runId, scope }, (draft) => {
    const step = draft.steps.get(stepId)
    if (step?.status !== 'failed' || draft.run.status === 'cancelled') {
      throw new AppError('STALE', `${stepId} is ${step?.status ?? 'gone'}`)
    }
    wakeDependents(draft, step)
    patch(draft, step, {
      status: 'waiting',
      attempt: 0,
      crashes: 0,
      error: null,
      fence: null,
      queuedAt: null,
      finishedAt: null,
      availableAt: draft.now,
      ...(overrides && { overrides: { ...step.overrides, ...overrides } }),
    })
    if (draft.run.status !== 'paused') draft.run.status = 'active'
  })
  return { runId }
}

function wakeDependents(draft: RunDraft, step: DraftStep): void {
  const dependents = dependentsOf(draft, step)
  if (dependents.some((other) => other.status !== 'waiting' && other.status !== 'skipped')) {
    regenerate(draft, dependents)
    return
  }
  for (const other of dependents) patch(draft, other, { status: 'waiting', finishedAt: null })
}
