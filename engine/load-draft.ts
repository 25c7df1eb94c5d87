import type pg from 'pg'
import { AppError } from '#core/errors.ts'
import type { Plan } from '#domain/plan.ts'
import type { Scope } from '#domain/scope.ts'
import type { RunState } from '#domain/states.ts'
import { stepKey, type DraftStep, type RunDraft } from './run-draft.ts'
import type { ReadOutputs } from './settle.ts'
import { STEP_COLUMNS, STEP_FIELDS } from './step-columns.ts'

// outputs can be long and few are needed: they are read when a checkpoint or a fan-out asks for them
const FIELDS = STEP_FIELDS.filter((field) => field !== 'output' && field !== 'subject')
const COLUMNS = FIELDS.map((field) => `${column(field)} as "${field}"`).join(', ')

interface RunRow {
  readonly id: string
  readonly workspaceId: string
  readonly nicheId: string
  readonly projectId: string
  readonly plan: Plan
  readonly status: RunState
  readonly priority: number
  readonly now: string
}

/**
 * Locks a run and reads it with its steps. Workers' own statements lock less, so this waits for them and they for it;
 * what follows sees all that they did. Throws NOT_FOUND, also for a run of another workspace or niche.
 */
export async function loadDraft(client: pg.ClientBase, runId: string, scope?: Scope): Promise<RunDraft> {
  const run = await lockRun(client, runId)
  if (!run || (scope && (run.workspaceId !== scope.workspaceId || run.nicheId !== scope.nicheId))) {
    throw new AppError('NOT_FOUND', `no run ${runId}`)
  }
  const steps = await client.query<DraftStep>(`select ${COLUMNS} from step where run_id = $1 order by generation, id`, [
    runId,
  ])
  const edges = await client.query<{ step: string; needs: string }>(
    'select d.step_id as step, d.needs_id as needs from step_dependency d join step s on s.id = d.step_id where s.run_id = $1',
    [runId],
  )
  const dependencies = new Map<string, string[]>()
  for (const { step, needs } of edges.rows) dependencies.set(step, [...(dependencies.get(step) ?? []), needs])
  const drafted = steps.rows.map((step) => ({ ...step, output: undefined, subject: undefined }))
  return {
    run: { ...run, scope: { workspaceId: run.workspaceId, nicheId: run.nicheId } },
    now: run.now,
    steps: new Map(drafted.map((step) => [step.id, step])),
    newest: new Map(drafted.map((step) => [stepKey(step.node, step.fanKey), step])),
    dependencies,
    added: new Set(),
    changed: new Map(),
    stopped: false,
  }
}

/** Reads outputs within the same transaction. */
export function outputReader(client: pg.ClientBase): ReadOutputs {
  return async (ids) => {
    const found = await client.query<{ id: string; output: unknown }>(
      'select id, output from step where id = any($1)',
      [ids],
    )
    return new Map(found.rows.map((row) => [row.id, row.output]))
  }
}

async function lockRun(client: pg.ClientBase, runId: string): Promise<RunRow | undefined> {
  const found = await client.query<RunRow>(
    `select id, workspace_id as "workspaceId", niche_id as "nicheId", project_id as "projectId", plan, status, priority,
       to_json(clock_timestamp())#>>'{}' as now
     from run where id = $1 for update`,
    [runId],
  )
  return found.rows[0]
}

function column(field: (typeof FIELDS)[number]): string {
  const [name, type] = STEP_COLUMNS[field]
  if (type === 'timestamptz') return `to_json(${name})#>>'{}'`
  return type === 'bigint' ? `${name}::text` : name
}
