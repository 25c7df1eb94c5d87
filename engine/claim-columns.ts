import type { PlanNode } from '#domain/plan.ts'
import type { Settled } from './resolve-input.ts'

/** A claimed step as its statement answers it: with its node of the plan, and what it depends on. */
export interface ClaimRow {
  readonly id: string
  readonly fence: string
  readonly workspaceId: string
  readonly nicheId: string
  readonly projectId: string
  readonly runId: string
  readonly node: string
  readonly fanKey: string
  readonly attempt: number
  readonly redo: number
  readonly overrides: Record<string, unknown> | null
  readonly planNode: PlanNode | null
  readonly settled: readonly Settled[]
}

/**
 * SQL: one JSON object (a ClaimRow) of the claimed step `step`, with its `run` in scope. `given`: steps that end in the same
 * statement, whose outputs are not in the table yet.
 */
export function claimColumns(step: string, given?: string): string {
  const output =
    given === undefined ? 's.output' : `case when ${given}.id is null then s.output else ${given}.output end`
  const status = given === undefined ? 's.status' : `case when ${given}.id is null then s.status else 'done' end`
  return `json_build_object('id', ${step}.id, 'fence', ${step}.fence::text, 'workspaceId', ${step}.workspace_id,
    'nicheId', ${step}.niche_id, 'projectId', ${step}.project_id, 'runId', ${step}.run_id, 'node', ${step}.node,
    'fanKey', ${step}.fan_key, 'attempt', ${step}.attempt, 'redo', ${step}.redo, 'overrides', ${step}.overrides,
    'planNode', (select n from jsonb_array_elements(run.plan->'nodes') n
      where n->>'id' = ${step}.node and (n ? 'each' or n->>'fanKey' = ${step}.fan_key) limit 1),
    'settled', (select coalesce(json_agg(json_build_object('kind', s.kind, 'node', s.node, 'fanKey', s.fan_key,
        'status', ${status}, 'output', ${output})), '[]')
      from step_dependency d join step s on s.id = d.needs_id ${given === undefined ? '' : `left join given ${given} on ${given}.id = s.id`}
      where d.step_id = ${step}.id))`
}
