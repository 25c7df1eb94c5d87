import type pg from 'pg'
import { AppError } from '#core/errors.ts'
import type { Resource } from '#domain/states.ts'
import type { QueuedStep } from './queue/backend.ts'
import { patch } from './run-draft.ts'
import { stepError } from './settle.ts'
import type { Timings } from './timings.ts'
import { withRun } from './with-run.ts'

/**
 * Steps whose worker stopped beating are ready again, one crash counted; what crashed too often is set aside as failed.
 * `workerIds`: workers known to be dead, whatever their last beat. Returns how many steps were taken from the dead.
 */
export async function reviveSteps(pool: pg.Pool, timings: Timings, workerIds: readonly string[] = []): Promise<number> {
  const crashed = await pool.query<{ id: string; runId: string; fence: string; crashes: number }>(
    `select id, run_id as "runId", fence::text, crashes from step
     where status = 'running' and (heartbeat_at < now() - $1 * interval '1 ms' or worker_id = any($2)) order by id`,
    [timings.deadAfterMs, workerIds],
  )
  for (const { id, runId, fence, crashes } of crashed.rows) {
    await withRun(pool, { runId }, (draft) => {
      const step = draft.steps.get(id)
      // its worker came back, or somebody else was faster
      if (step?.status !== 'running' || step.fence !== fence) return
      draft.stopped = true
      const freed = { crashes: crashes + 1, fence: null, queuedAt: null, progress: null }
      if (crashes + 1 < timings.maxCrashes) {
        patch(draft, step, { ...freed, status: 'ready', workerId: null, availableAt: draft.now })
        return
      }
      const error = new AppError('CRASHED', `crashed ${crashes + 1} times`, { data: { crashes: crashes + 1 } })
      patch(draft, step, { ...freed, status: 'failed', finishedAt: draft.now, error: stepError(error, draft.now) })
    })
  }
  return crashed.rows.length
}

/** Runs that nobody moves: their process died between a step's end and what follows from it. */
export async function stuckRuns(pool: pg.Pool): Promise<readonly string[]> {
  const found = await pool.query<{ id: string }>(
    `select r.id from run r where r.status in ('active', 'waiting') and (
       exists (select 1 from step s where s.run_id = r.id and s.status = 'waiting' and s.needs <= 0)
       or (r.status = 'active' and not exists (select 1 from step s where s.run_id = r.id and s.status in ('ready', 'running'))))`,
  )
  return found.rows.map((row) => row.id)
}

/** Everything that should be in the queue now: at most the window. Adding it again is harmless and refills a lost queue. */
export async function queuedSteps(pool: pg.Pool): Promise<ReadonlyMap<Resource, readonly QueuedStep[]>> {
  const found = await pool.query<QueuedStep & { resource: Resource }>(
    `select id as "stepId", dispatch, resource from step where status = 'ready' and queued_at is not null order by queued_at, id`,
  )
  return Map.groupBy(found.rows, (row) => row.resource)
}

/** Resources that have due work and no worker that serves them. */
export async function unservedResources(
  pool: pg.Pool,
  timings: Timings,
): Promise<readonly { resource: Resource; steps: number }[]> {
  const found = await pool.query<{ resource: Resource; steps: number }>(
    `select resource, count(*)::int as steps from step s where status = 'ready' and available_at <= now() and not exists (
       select 1 from worker w where w.stopped_at is null and w.heartbeat_at > now() - $1 * interval '1 ms'
         and coalesce((w.resources->>s.resource)::int, 0) > 0)
     group by resource`,
    [timings.deadAfterMs],
  )
  return found.rows
}
