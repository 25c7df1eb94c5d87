import type pg from 'pg'
import { AppError } from '#core/errors.ts'
import type { Engine } from './engine.ts'
import { withRun } from './with-run.ts'

/** Lets a paused run go on. Throws STALE when it is not paused. */
export async function resume(pool: pg.Pool, request: Parameters<Engine['resume']>[0]): Promise<void> {
  await withRun(pool, request, (draft) => {
    const { status } = draft.run
    if (status === 'active' || status === 'waiting') return
    if (status !== 'paused') throw new AppError('STALE', `the run is ${status}`)
    // settling readies what waits without needs
    draft.run.status = 'active'
  })
}
