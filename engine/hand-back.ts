import type pg from 'pg'
import type { Resource } from '#domain/states.ts'
import type { Engine } from './engine.ts'

const HAND_BACK = `
update step set status = 'ready', fence = null, worker_id = null, queued_at = null, progress = null, available_at = now()
where id = $1 and fence = $2 and status = 'running' returning resource`

/** running → ready, no retry consumed. Undefined: a stale attempt; else the resource that has work again. */
export async function handBack(
  pool: pg.Pool,
  request: Parameters<Engine['handBack']>[0],
): Promise<Resource | undefined> {
  const { stepId, fence } = request
  const found = await pool.query<{ resource: Resource }>({
    name: 'hand_back',
    text: HAND_BACK,
    values: [stepId, String(fence)],
  })
  return found.rows[0]?.resource
}
