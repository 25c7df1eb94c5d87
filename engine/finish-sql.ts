import { claimColumns, type ClaimRow } from './claim-columns.ts'

/**
 * SQL that ends steps well and readies what waited for them, in one statement. The caller defines `given (id, …)`, the
 * steps meant, and gives `guard` and `sets` for the update. It answers one row per given step: whether it was `ended`;
 * `missed` when the run was changed meanwhile by a redo, pause or the like, so that this statement's view of the
 * dependencies may be old: begin again. `advance`: the run needs more than counters (a checkpoint, a fan-out, its end).
 *
 * `chain`: where `given` has a `worker_id`, that worker gets one step that its own step freed, running at once in the same
 * place of the same resource, without a way through the queue; not while another workspace has work that waits for the
 * queue, so that fairness holds. Its claim is in `next`.
 *
 * `tell`: NOTIFY `step_ready` with each resource that has work now.
 *
 * Locks: runs first, in id order; whoever holds a run's lock is the only one to change its waiting and running steps.
 */
export function finishSql(options: { guard: string; sets: string; tell?: boolean; chain?: boolean }): string {
  const { guard, sets, tell = false, chain = false } = options
  return `
meant as materialized (
  select g.id, s.run_id, s.resource from given g left join lateral (
    select run_id, resource from step where id = g.id limit 1) s on true
), seen as materialized (
  select r.id, r.xmin::text as version from run r where r.id = any(array(select distinct run_id from meant))
), held as materialized (
  select r.id, r.status from run r
  where r.id = any(array(select id from seen)) and r.xmin::text = (select version from seen where seen.id = r.id)
  order by r.id for no key update of r
), ended as (
  update step s set status = 'done', finished_at = now(), progress = null, needs = 0, ${sets}
  from given g, held where s.id = any(array(select id from given)) and s.id = g.id and s.run_id = held.id and ${guard}
  returning s.id, s.run_id, s.resource, s.workspace_id
), waiting as materialized (
  select d.step_id, count(*)::int as fewer from step_dependency d
  where d.needs_id = any(array(select id from ended)) group by d.step_id
), ${chain ? CHOSEN : NONE_CHOSEN}, freed as (
  update step s set needs = s.needs - w.fewer,
    status = case
      when s.needs <> w.fewer or s.kind <> 'stage' or held.status = 'paused' then s.status
      when w.worker_id is null then 'ready' else 'running' end,
    ready_at = case when s.needs = w.fewer then now() end
    ${chain ? CLAIMED : ''}
  from (select waiting.*, chosen.worker_id from waiting left join chosen on chosen.step_id = waiting.step_id) w, held
  where s.id = any(array(select step_id from waiting)) and s.id = w.step_id and s.run_id = held.id and s.status = 'waiting'
  returning s.*
), opened as (
  update run set status = 'active' where status = 'waiting' and id in (select run_id from freed where status <> 'waiting')
)
select m.id, m.run_id as "runId", m.resource, ended.id is not null as ended, held.id is null and m.run_id is not null as missed,
  not exists (select 1 from freed f where f.run_id = m.run_id and f.status <> 'waiting')
    or exists (select 1 from freed f where f.run_id = m.run_id and f.needs = 0 and f.kind <> 'stage') as advance,
  array(select distinct f.resource from freed f where f.run_id = m.run_id and f.status = 'ready') as ready
  ${tell ? TELL : ''} ${chain ? NEXT : ''}
from meant m left join held on held.id = m.run_id left join ended on ended.id = m.id`
}

const NONE_CHOSEN = `chosen as (select null::text as by, null::text as step_id, null::text as worker_id where false)`

// one for each step that ended, and none for two of them
const CHOSEN = `alone as materialized (
  select p.resource, p.workspace_id from (select distinct resource, workspace_id from ended) p
  where not exists (${otherWork('<')}) and not exists (${otherWork('>')})
), chosen as materialized (
  select distinct on (by) * from (
    select distinct on (n.id) e.id as by, n.id as step_id, g.worker_id
    from ended e join given g on g.id = e.id join alone a on a.resource = e.resource and a.workspace_id = e.workspace_id
      join step_dependency d on d.needs_id = e.id join waiting w on w.step_id = d.step_id
      cross join lateral (select * from step where id = d.step_id limit 1) n
    where g.worker_id is not null and n.needs = w.fewer and n.kind = 'stage' and n.status = 'waiting'
      and n.resource = e.resource and n.available_at <= now()
    order by n.id, e.id
  ) once order by by, step_id
)`

/** Due work of a workspace before or after `p`'s own that is not in the queue: two looks at an index, however long one's own backlog is. */
function otherWork(side: '<' | '>'): string {
  return `select 1 from step o where o.resource = p.resource and o.status = 'ready' and o.queued_at is null
    and o.workspace_id ${side} p.workspace_id and o.available_at <= now()`
}

const CLAIMED = `, worker_id = w.worker_id,
    fence = case when w.worker_id is not null then nextval('step_fence') end,
    started_at = case when w.worker_id is not null then now() end,
    heartbeat_at = case when w.worker_id is not null then now() end`

// what ended in this statement is not seen in the table by it: its output is the given one
const NEXT = `, (select ${claimColumns('c', 'now_done')}
  from chosen join freed c on c.id = chosen.step_id and c.status = 'running' join run on run.id = c.run_id
  where chosen.by = m.id) as next`

const TELL = `, (select count(pg_notify('step_ready', told.resource)) from (
    select distinct resource from freed where status = 'ready') told) as told`

export interface FinishedRow {
  readonly next?: ClaimRow | null
  readonly id: string
  readonly runId: string
  /** of the step itself: a place in its window is free again */
  readonly resource: string
  readonly ended: boolean
  readonly missed: boolean
  readonly advance: boolean
  readonly ready: readonly string[]
}
