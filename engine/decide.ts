import type pg from 'pg'
import { AppError } from '#core/errors.ts'
import type { Scope } from '#domain/scope.ts'
import type { Engine } from './engine.ts'
import { finishSql, type FinishedRow } from './finish-sql.ts'
import { toJson } from './json.ts'
import { patch } from './run-draft.ts'
import { withRun } from './with-run.ts'

const GIVEN = `
with given as materialized (
  select $1::text as id, $2::text as workspace_id, $3::text as niche_id, $4::int as revision, $5::text as member_id, $6::jsonb as output
)`
const FINISH = {
  guard: `s.workspace_id = g.workspace_id and s.niche_id = g.niche_id and s.revision = g.revision and s.status = 'waiting_person'`,
  sets: `output = g.output, subject = g.output, decided_by = g.member_id, decision = 'approved', error = null`,
}
const APPROVE = { name: 'approve', text: `${GIVEN}, ${finishSql(FINISH)}` }
// for a process that has no queue
const APPROVE_AND_TELL = { name: 'approve_tell', text: `${GIVEN}, ${finishSql({ ...FINISH, tell: true })}` }

/** Approves a checkpoint in one statement. Throws ALREADY_DECIDED, STALE or NOT_FOUND. */
export async function approve(
  pool: pg.Pool,
  request: Parameters<Engine['approve']>[0],
  options: { readonly tell: boolean },
): Promise<FinishedRow> {
  const { scope, stepId, revision, memberId, output } = request
  const values = [stepId, scope.workspaceId, scope.nicheId, revision, memberId, toJson(output)]
  for (;;) {
    const answer = await pool.query<FinishedRow>({ ...(options.tell ? APPROVE_AND_TELL : APPROVE), values })
    const [row] = answer.rows
    if (row?.ended) return row
    if (!row?.missed) throw await refusal(pool, scope, stepId, revision)
  }
}

/** Rejects a checkpoint: its branch ends. Throws ALREADY_DECIDED, STALE or NOT_FOUND. */
export async function reject(
  pool: pg.Pool,
  request: Parameters<Engine['reject']>[0],
): Promise<{ readonly runId: string }> {
  const { scope, stepId, revision, memberId } = request
  const found = await pool.query<{ runId: string }>(
    'select run_id as "runId" from step where id = $1 and workspace_id = $2 and niche_id = $3',
    [stepId, scope.workspaceId, scope.nicheId],
  )
  const runId = found.rows[0]?.runId
  if (runId === undefined) throw new AppError('NOT_FOUND', `no step ${stepId}`)
  const rejected = await withRun(pool, { runId, scope }, (draft) => {
    const step = draft.steps.get(stepId)
    if (step?.status !== 'waiting_person' || step.revision !== revision) return false
    patch(draft, step, { status: 'cancelled', decidedBy: memberId, decision: 'rejected', finishedAt: draft.now })
    return true
  })
  if (!rejected) throw await refusal(pool, scope, stepId, revision)
  return { runId }
}

async function refusal(pool: pg.Pool, scope: Scope, stepId: string, revision: number): Promise<AppError> {
  const found = await pool.query<{
    status: string
    revision: number
    decision: string | null
    memberId: string | null
    by: string | null
  }>(
    `select s.status, s.revision, s.decision, s.decided_by as "memberId", m.name as by from step s
     left join member m on m.id = s.decided_by and m.workspace_id = s.workspace_id
     where s.id = $1 and s.workspace_id = $2 and s.niche_id = $3`,
    [stepId, scope.workspaceId, scope.nicheId],
  )
  const [step] = found.rows
  if (!step) return new AppError('NOT_FOUND', `no step ${stepId}`)
  const { status, decision, by, memberId } = step
  if (decision !== null && status !== 'superseded') {
    return new AppError('ALREADY_DECIDED', `${stepId} was ${decision}`, {
      data: { by: by ?? memberId, memberId, decision },
    })
  }
  return new AppError('STALE', `${stepId} is ${status} at revision ${step.revision}, not ${revision}`)
}
