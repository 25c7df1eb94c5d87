import type pg from 'pg'
import type { Resource } from '#domain/states.ts'
import { inTransaction } from './in-transaction.ts'
import type { QueuedStep } from './queue/backend.ts'
import type { Timings } from './timings.ts'

const WINDOW_PER_SLOT = 2
const LOCK_SPACE = 0x4461696c // "Dail"
const LOCKS: Readonly<Record<Resource, number>> = { io: 1, cpu: 2, gpu: 3 }

/**
 * Picks the next steps of a resource and marks them as queued, up to 2 × slots queued and running ones, by start-time
 * fair queueing over workspaces (Goyal 1996): a step's start tag is max(its workspace's last finish tag, the virtual
 * time), its finish tag is start + 1 / weight; the least start tag goes first. The virtual time is the greatest start
 * tag handed out, kept under workspace ''. Within a workspace the heavier and then the older goes first.
 *
 * A pick that a crash of the database forgets leaves steps that are ready: its commit need not wait for the disk.
 * The pick is a statement of its own, after the lock, so that it sees what the holder before it wrote; and a prepared one,
 * because planning it takes longer than running it.
 */
export async function pickSteps(pool: pg.Pool, resource: Resource, timings: Timings): Promise<readonly QueuedStep[]> {
  const text = pickSql(resource, timings.deadAfterMs)
  return inTransaction(pool, async (client) => {
    await client.query(
      `select set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(${LOCK_SPACE}, ${LOCKS[resource]})`,
    )
    return (await client.query<QueuedStep>({ name: `pick_${resource}_${timings.deadAfterMs}`, text })).rows
  })
}

function pickSql(resource: Resource, deadAfterMs: number): string {
  return `
with alive as materialized (
  select id, coalesce((resources->>'${resource}')::int, 0) as slots from worker
  where stopped_at is null and heartbeat_at > now() - interval '${deadAfterMs} ms'
), room as materialized (
  select greatest(0, ${WINDOW_PER_SLOT} * (select coalesce(sum(slots), 0) from alive)
    - (select count(*) from step where resource = '${resource}' and status = 'ready' and queued_at is not null)
    - (select count(*) from step join alive on alive.id = step.worker_id where resource = '${resource}' and status = 'running')) as n,
    coalesce((select finish from fair_share where workspace_id = '' and resource = '${resource}'), 0) as virtual
), candidate as (
  select c.id, c.workspace_id, c.ready_at, c.start, c.start + 1.0 / c.weight as finish
  from room, workspace w
  left join fair_share f on f.workspace_id = w.id and f.resource = '${resource}'
  cross join lateral (
    select q.*, greatest(coalesce(f.finish, 0), room.virtual) + coalesce(sum(1.0 / q.weight) over (
      order by q.weight desc, q.ready_at, q.id rows between unbounded preceding and 1 preceding), 0) as start
    from (
      select id, workspace_id, weight, ready_at from step
      where resource = '${resource}' and status = 'ready' and workspace_id = w.id and queued_at is null and available_at <= now()
      order by weight desc, ready_at, id limit room.n
    ) q
  ) c where room.n > 0
  order by c.start, c.ready_at, c.id limit (select n from room)
), free as materialized (
  select s.id from step s join candidate c on c.id = s.id
  where s.status = 'ready' and s.queued_at is null order by s.id for update of s skip locked
), sent as (
  update step s set queued_at = now(), dispatch = s.dispatch + 1 from free where s.id = free.id returning s.id, s.dispatch
), picked as materialized (
  select c.*, sent.dispatch from sent join candidate c on c.id = sent.id
), shares as (
  insert into fair_share (workspace_id, resource, finish)
  select workspace_id, '${resource}', max(finish) from picked group by workspace_id
  union all select '', '${resource}', max(start) from picked having count(*) > 0
  on conflict (workspace_id, resource) do update set finish = greatest(excluded.finish, fair_share.finish)
)
select id as "stepId", dispatch from picked order by start, ready_at, id`
}
