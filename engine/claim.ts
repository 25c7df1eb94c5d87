import type pg from 'pg'
import { AppError, toAppError } from '#core/errors.ts'
import { claimColumns, type ClaimRow } from './claim-columns.ts'
import type { ClaimedStep, Engine } from './engine.ts'
import { resolveInput } from './resolve-input.ts'

// A claim that is lost in a crash of the database leaves a step that is ready, so its commit need not wait for the disk.
// Locking the run's key makes a claim and a pause, cancel or redo wait for each other.
const CLAIM = `
with quick as materialized (select set_config('synchronous_commit', 'off', true)),
open as (
  select run.id from quick, step join run on run.id = step.run_id
  where step.id = $1 and run.status in ('active', 'waiting') for key share of run
), claimed as (
  update step set status = 'running', fence = nextval('step_fence'), worker_id = $3, progress = null,
    started_at = now(), heartbeat_at = now(), queued_at = null
  from open
  where step.id = $1 and step.run_id = open.id and step.dispatch = $2 and step.status = 'ready' and step.available_at <= now()
  returning step.*
)
select ${claimColumns('c')} as claimed from claimed c, run where run.id = c.run_id`

/**
 * ready → running with a new fence. Null: somebody else has it, it is not due, or its run does not run. A plan that
 * cannot be resolved is handed to `refuse`, which fails the step.
 */
export async function claim(
  pool: pg.Pool,
  request: Parameters<Engine['claim']>[0],
  refuse: (failure: Parameters<Engine['fail']>[0]) => Promise<unknown>,
): Promise<ClaimedStep | null> {
  const { stepId, dispatch, workerId } = request
  const found = await pool.query<{ claimed: ClaimRow }>({
    name: 'claim',
    text: CLAIM,
    values: [stepId, dispatch, workerId],
  })
  const row = found.rows[0]?.claimed
  return row ? claimedOrFailed(row, refuse) : null
}

/** The step that a worker gets, its input resolved. Null: its plan cannot be resolved, and `refuse` failed it. */
export async function claimedOrFailed(
  row: ClaimRow,
  refuse: (failure: Parameters<Engine['fail']>[0]) => Promise<unknown>,
): Promise<ClaimedStep | null> {
  try {
    return claimedStep(row)
  } catch (thrown) {
    await refuse({ stepId: row.id, fence: BigInt(row.fence), error: toAppError(thrown) })
    return null
  }
}

function claimedStep(row: ClaimRow): ClaimedStep {
  const node = row.planNode
  if (node?.kind !== 'stage') throw new AppError('INTERNAL', `the plan has no stage ${row.node}`)
  const { id, projectId, runId, fanKey, attempt, redo, overrides } = row
  return {
    id,
    fence: BigInt(row.fence),
    scope: { workspaceId: row.workspaceId, nicheId: row.nicheId },
    projectId,
    runId,
    node: row.node,
    fanKey,
    stage: node.stage,
    version: node.version,
    timeoutMs: node.timeoutMs,
    attempt,
    redo,
    input: { ...(resolveInput(node, fanKey, row.settled) as object), ...overrides },
  }
}
