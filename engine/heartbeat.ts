import type pg from 'pg'
import type { Engine } from './engine.ts'
import { toJson } from './json.ts'

// Rows that another statement holds are skipped: a beat is never worth waiting, and never part of a deadlock.
const BEAT = `
with quick as materialized (select set_config('synchronous_commit', 'off', true)),
given as materialized (
  select x.* from quick, jsonb_to_recordset($2) as x(id text, fence bigint, progress jsonb)
), free as (
  select s.id, g.progress from step s join given g on g.id = s.id
  where s.fence = g.fence and s.status = 'running' order by s.id for update of s skip locked
), beaten as (
  update step s set heartbeat_at = now(), progress = coalesce(free.progress, s.progress) from free where s.id = free.id
), alive as (
  update worker set heartbeat_at = now() where id = $1
)
select g.id from given g
where not exists (select 1 from step s where s.id = g.id and s.fence = g.fence and s.status = 'running')`

/** Beats for a worker and its steps, storing progress; returns the ids that it no longer holds. */
export async function heartbeat(
  pool: pg.Pool,
  request: Parameters<Engine['heartbeat']>[0],
): Promise<readonly string[]> {
  const steps = request.steps.map(({ id, fence, progress }) => ({ id, fence: String(fence), progress }))
  const lost = await pool.query<{ id: string }>({ name: 'beat', text: BEAT, values: [request.workerId, toJson(steps)] })
  return lost.rows.map((row) => row.id)
}
