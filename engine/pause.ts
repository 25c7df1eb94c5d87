import type pg from 'pg'
import { AppError } from '#core/errors.ts'
import type { Engine } from './engine.ts'
import { liveSteps, patch } from './run-draft.ts'
import { withRun } from './with-run.ts'

/**
 * Stops a run at once: nothing more is claimed, running steps go back without consuming a retry, and their workers are
 * told to abort. What was ready waits with no needs left. Throws STALE when the run is over.
 */
export async function pause(pool: pg.Pool, request: Parameters<Engine['pause']>[0]): Promise<void> {
  await withRun(pool, request, (draft) => {
    const { status } = draft.run
    if (status === 'paused') return
    if (status !== 'active' && status !== 'waiting') throw new AppError('STALE', `the run is ${status}`)
    draft.run.status = 'paused'
    for (const step of liveSteps(draft)) {
      if (step.status !== 'ready' && step.status !== 'running') continue
      if (step.status === 'running') draft.stopped = true
      patch(draft, step, { status: 'waiting', needs: 0, fence: null, workerId: null, queuedAt: null, progress: null })
    }
  })
}
