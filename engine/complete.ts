import type pg from 'pg'
import { finishSql, type FinishedRow } from './finish-sql.ts'
import { toJson } from './json.ts'

export interface Completion {
  readonly stepId: string
  readonly fence: bigint
  readonly output: unknown
  readonly reused?: boolean
  /** this worker takes the next step of the chain at once */
  readonly chainTo?: string
}

const COMPLETE = `
with given as materialized (
  select * from jsonb_to_recordset($1) as x(id text, fence bigint, output jsonb, reused boolean, worker_id text)
), ${finishSql({
  guard: `s.status = 'running' and s.fence = g.fence`,
  sets: 'output = g.output, reused = g.reused, error = null',
  chain: true,
})}`

/**
 * Ends steps that workers hold, all in one statement, and readies what waited for them. Answers in the order given;
 * `ended` false: a stale attempt, whose output was dropped. Two completions of one step: the first wins.
 */
export async function completeSteps(
  pool: pg.Pool,
  completions: readonly Completion[],
): Promise<readonly FinishedRow[]> {
  const answers = new Map<Completion, FinishedRow>()
  for (let left = completions; left.length > 0; left = left.filter((item) => !answers.has(item))) {
    // one statement cannot tell two completions of one step apart: the second goes into the next
    const items = [...new Map(left.toReversed().map((item) => [item.stepId, item])).values()]
    const given = items.map(({ stepId, fence, output, reused = false, chainTo }) => ({
      id: stepId,
      fence: String(fence),
      output,
      reused,
      worker_id: chainTo,
    }))
    const { rows } = await pool.query<FinishedRow>({ name: 'complete', text: COMPLETE, values: [toJson(given)] })
    const byId = new Map(rows.map((row) => [row.id, row]))
    for (const item of items) {
      const row = byId.get(item.stepId)
      if (row && !row.missed) answers.set(item, row)
    }
  }
  return completions.flatMap((item) => answers.get(item) ?? [])
}
