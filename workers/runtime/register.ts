import { hostname } from 'node:os'
import type pg from 'pg'
import type { Resource } from '#domain/states.ts'

export interface Registered {
  /** ids of all workers that may be alive, this one included */
  readonly alive: readonly string[]
  /** ids of workers of this machine whose process is gone */
  readonly dead: readonly string[]
}

/** Writes this worker's row, and finds out which others are gone: those of this machine by their process. */
export async function registerWorker(
  pool: pg.Pool,
  worker: { readonly id: string; readonly slots: Readonly<Partial<Record<Resource, number>>> },
): Promise<Registered> {
  const host = hostname()
  const known = await pool.query<{ id: string; host: string; pid: number }>(
    'select id, host, pid from worker where stopped_at is null',
  )
  const dead = known.rows.filter((row) => row.host === host && !isRunning(row.pid)).map((row) => row.id)
  await pool.query('update worker set stopped_at = now() where id = any($1)', [dead])
  await pool.query(`insert into worker (id, host, pid, resources, tools) values ($1, $2, $3, $4, '[]')`, [
    worker.id,
    host,
    process.pid,
    worker.slots,
  ])
  const alive = known.rows.map((row) => row.id).filter((id) => !dead.includes(id))
  return { alive: [...alive, worker.id], dead }
}

/** Says goodbye: nothing is dispatched for this worker's slots any more. */
export async function signOff(pool: pg.Pool, workerId: string): Promise<void> {
  await pool.query('update worker set stopped_at = now() where id = $1', [workerId])
}

/** Writes which tools this worker found. */
export async function noteTools(
  pool: pg.Pool,
  workerId: string,
  tools: readonly { name: string; version: string }[],
): Promise<void> {
  await pool.query('update worker set tools = $2 where id = $1', [workerId, JSON.stringify(tools)])
}

function isRunning(pid: number): boolean {
  // a container's first process is always 1, also of the one before; its beat will tell
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
