import type pg from 'pg'
import { AppError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { plan as planSchema, type Plan } from '#domain/plan.ts'
import type { Scope } from '#domain/scope.ts'
import type { Engine } from './engine.ts'
import { inTransaction } from './in-transaction.ts'
import { loadDraft, outputReader } from './load-draft.ts'
import { addPlanSteps } from './plan-steps.ts'
import type { RunDraft } from './run-draft.ts'
import { saveDraft } from './save-draft.ts'
import { seedDraft } from './seed-draft.ts'
import { settle } from './settle.ts'

type Request = Parameters<Engine['startRun']>[0]

/** Stores the plan and its steps, readies the first ones. Throws NOT_FOUND for a project or seed outside the scope. */
export async function startRun(pool: pg.Pool, request: Request): Promise<{ runId: string }> {
  return inTransaction(pool, async (client) => {
    const { scope, seedFromRunId } = request
    const seed = seedFromRunId === undefined ? undefined : await loadDraft(client, seedFromRunId, scope)
    const draft = await newRun(client, { ...request, plan: planSchema.parse(request.plan) })
    addPlanSteps(draft)
    if (seed) await seedDraft(draft, seed, outputReader(client), { carryBroken: false })
    await settle(draft, outputReader(client))
    await saveDraft(client, draft)
    return { runId: draft.run.id }
  })
}

/** Inserts the run's row, the next of its project, and returns it as a draft without steps. */
export async function newRun(
  client: pg.ClientBase,
  { scope, projectId, plan, priority }: { scope: Scope; projectId: string; plan: Plan; priority: number },
): Promise<RunDraft> {
  const id = newId('run')
  // the project's lock makes two runs started at once count on
  const project = await client.query(
    `select 1 from project where id = $1 and workspace_id = $2 and niche_id = $3 for no key update`,
    [projectId, scope.workspaceId, scope.nicheId],
  )
  if (project.rows.length === 0) throw new AppError('NOT_FOUND', `no project ${projectId}`)
  const made = await client.query<{ now: string }>(
    `insert into run (id, workspace_id, niche_id, project_id, ordinal, plan, status, priority)
     select $1, $2, $3, $4, 1 + coalesce(max(ordinal), 0), $5, 'active', $6 from run where project_id = $4
     returning to_json(clock_timestamp())#>>'{}' as now`,
    [id, scope.workspaceId, scope.nicheId, projectId, JSON.stringify(plan), priority],
  )
  return {
    run: { id, scope, projectId, plan, priority, status: 'active' },
    now: made.rows[0]?.now ?? new Date().toISOString(),
    steps: new Map(),
    newest: new Map(),
    dependencies: new Map(),
    added: new Set(),
    changed: new Map(),
    stopped: false,
  }
}
