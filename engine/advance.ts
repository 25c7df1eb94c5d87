import type pg from 'pg'
import { withRun } from './with-run.ts'

/**
 * Does what counters alone cannot: opens checkpoints, makes a dynamic fan-out's branches, skips, settles joins, ends
 * the run. Idempotent. True where something may have become ready.
 */
export async function advance(pool: pg.Pool, runId: string): Promise<boolean> {
  if (!(await mustAdvance(pool, runId))) return false
  await withRun(pool, { runId }, () => undefined)
  return true
}

// cheap, and usually the answer for one branch of many: others are still running
async function mustAdvance(pool: pg.Pool, runId: string): Promise<boolean> {
  const found = await pool.query({
    name: 'must_advance',
    text: `select 1 from run r where r.id = $1 and r.status in ('active', 'waiting') and (
      exists (select 1 from step s where s.run_id = r.id and s.status = 'waiting' and s.needs <= 0)
      or not exists (select 1 from step s where s.run_id = r.id and (s.status in ('ready', 'running')
        or (s.status = 'waiting_person' and r.status = 'waiting'))))`,
    values: [runId],
  })
  return found.rows.length > 0
}
