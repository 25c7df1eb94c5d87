import type pg from 'pg'
import { AppError } from '#core/errors.ts'
import type { Engine } from './engine.ts'
import { liveSteps, patch } from './run-draft.ts'
import { withRun } from './with-run.ts'

const OPEN = new Set(['waiting', 'ready', 'running', 'waiting_person'])

/** Ends a run now; workers are told to abort. Cancelling twice is one effect. Throws STALE when the run ended otherwise. */
export async function cancel(pool: pg.Pool, request: Parameters<Engine['cancel']>[0]): Promise<void> {
  await withRun(pool, request, (draft) => {
    const { status } = draft.run
    if (status === 'cancelled') return
    // a failed run can be given up: nobody is asked about it any more
    if (status === 'done' || status === 'done_with_failures') {
      throw new AppError('STALE', `the run is ${status}`)
    }
    draft.run.status = 'cancelled'
    for (const step of liveSteps(draft).filter((other) => OPEN.has(other.status))) {
      if (step.status === 'running') draft.stopped = true
      patch(draft, step, { status: 'cancelled', fence: null, queuedAt: null, progress: null, finishedAt: draft.now })
    }
  })
}
