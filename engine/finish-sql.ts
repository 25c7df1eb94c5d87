/**
 * SQL that ends steps well and readies what waited for them, in one statement. The caller defines `given (id, …)`, the
 * steps meant, and gives `guard` and `sets` for the update. It answers one row per given step: whether it was `ended`;
 * `missed` when the run was changed meanwhile by a redo, pause or the like, so that this statement's view of the
 * dependencies may be old: begin again. `advance`: the run needs more than counters (a checkpoint, a fan-out, its end).
 *
 * `tell`: NOTIFY `step_ready` with each resource that has work now.
 *
 * Locks: runs first, in id order; whoever holds a run's lock is the only one to change its waiting and running steps.
 */
export function finishSql({ guard, sets, tell = false }: { guard: string; sets: string; tell?: boolean }): string {
  return `
seen as materialized (
  select distinct r.id, r.xmin::text as version from given g join step s on s.id = g.id join run r on r.id = s.run_id
), held as materialized (
  select r.id, r.status, seen.version from run r join seen on seen.id = r.id
  where r.xmin::text = seen.version order by r.id for no key update of r
), ended as (
  update step s set status = 'done', finished_at = now(), progress = null, needs = 0, ${sets}
  from given g, held where s.id = g.id and s.run_id = held.id and ${guard}
  returning s.id, s.run_id
), waiting as (
  select d.step_id, count(*)::int as fewer from ended join step_dependency d on d.needs_id = ended.id group by d.step_id
), freed as (
  update step s set needs = s.needs - w.fewer,
    status = case when s.needs = w.fewer and s.kind = 'stage' and held.status <> 'paused' then 'ready' else s.status end,
    ready_at = case when s.needs = w.fewer then now() end
  from waiting w, held where s.id = w.step_id and s.run_id = held.id and s.status = 'waiting'
  returning s.run_id, s.status, s.resource, s.needs, s.kind
), opened as (
  update run set status = 'active' where status = 'waiting' and id in (select run_id from freed where status = 'ready')
)
select g.id, s.run_id as "runId", s.resource, ended.id is not null as ended, held.id is null and s.run_id is not null as missed,
  not exists (select 1 from freed f where f.run_id = s.run_id and f.status = 'ready')
    or exists (select 1 from freed f where f.run_id = s.run_id and f.needs = 0 and f.kind <> 'stage') as advance,
  array(select distinct f.resource from freed f where f.run_id = s.run_id and f.status = 'ready') as ready
  ${tell ? TELL : ''}
from given g left join step s on s.id = g.id left join held on held.id = s.run_id left join ended on ended.id = g.id`
}

const TELL = `, (select count(pg_notify('step_ready', told.resource)) from (
    select distinct resource from freed where status = 'ready') told) as told`

export interface FinishedRow {
  readonly id: string
  readonly runId: string
  /** of the step itself: a place in its window is free again */
  readonly resource: string
  readonly ended: boolean
  readonly missed: boolean
  readonly advance: boolean
  readonly ready: readonly string[]
}
