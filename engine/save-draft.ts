import type pg from 'pg'
import { toJson } from './json.ts'
import type { DraftStep, RunDraft } from './run-draft.ts'
import { STEP_COLUMNS, STEP_FIELDS } from './step-columns.ts'

const FINAL = ['done', 'done_with_failures', 'failed', 'cancelled']

/**
 * Writes back what changed in a draft, in the transaction that holds the run's lock. The run's row is written whenever
 * its steps were: a worker's statement that began before then notices and begins again (complete.ts).
 */
export async function saveDraft(client: pg.ClientBase, draft: RunDraft): Promise<void> {
  const added = [...draft.added].flatMap((id) => draft.steps.get(id) ?? [])
  if (added.length > 0) await insertSteps(client, draft, added)
  await updateSteps(client, draft)
  await insertDependencies(client, draft)
  await client.query(
    `update run set status = $2, finished_at = case when $3 then coalesce(finished_at, now()) end where id = $1`,
    [draft.run.id, draft.run.status, FINAL.includes(draft.run.status)],
  )
  if (draft.stopped) await client.query(`select pg_notify('run_stopped', $1)`, [draft.run.id])
}

async function insertSteps(client: pg.ClientBase, draft: RunDraft, steps: readonly DraftStep[]): Promise<void> {
  const { id, scope, projectId } = draft.run
  const names = STEP_FIELDS.map((field) => STEP_COLUMNS[field][0]).join(', ')
  await client.query(
    `insert into step (workspace_id, niche_id, project_id, run_id, ${names})
     select $2, $3, $4, $5, ${names} from jsonb_to_recordset($1) as x(${STEP_FIELDS.map(typed).join(', ')})`,
    [toJson(steps.map((step) => row(step, STEP_FIELDS))), scope.workspaceId, scope.nicheId, projectId, id],
  )
}

async function updateSteps(client: pg.ClientBase, draft: RunDraft): Promise<void> {
  const groups = new Map<string, { fields: (keyof DraftStep)[]; steps: DraftStep[] }>()
  for (const [id, changed] of draft.changed) {
    const step = draft.steps.get(id)
    if (!step || draft.added.has(id)) continue
    const fields = [...changed].sort()
    const group = groups.get(fields.join()) ?? { fields, steps: [] }
    group.steps.push(step)
    groups.set(fields.join(), group)
  }
  for (const { fields, steps } of groups.values()) {
    const sets = fields.map((field) => `${STEP_COLUMNS[field][0]} = x.${STEP_COLUMNS[field][0]}`)
    const columns = ['id' as const, ...fields].map(typed)
    await client.query(
      `update step s set ${sets.join(', ')} from jsonb_to_recordset($1) as x(${columns.join(', ')}) where s.id = x.id`,
      [toJson(steps.map((step) => row(step, ['id', ...fields])))],
    )
  }
}

/** Dependencies only grow: those of older generations stay with them. */
async function insertDependencies(client: pg.ClientBase, draft: RunDraft): Promise<void> {
  const live = [...draft.dependencies].filter(([id]) => draft.steps.get(id)?.status !== 'superseded')
  const edges = live.flatMap(([id, needed]) => needed.map((needs) => [id, needs] as const))
  const fresh = edges.filter(([id, needs]) => draft.added.has(id) || draft.added.has(needs))
  if (fresh.length === 0) return
  await client.query(
    `insert into step_dependency (step_id, needs_id) select * from unnest($1::text[], $2::text[]) on conflict do nothing`,
    [fresh.map(([id]) => id), fresh.map(([, needs]) => needs)],
  )
}

function row(step: DraftStep, fields: readonly (keyof DraftStep)[]): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [STEP_COLUMNS[field][0], step[field]]))
}

function typed(field: keyof DraftStep): string {
  return STEP_COLUMNS[field].join(' ')
}
