import type pg from 'pg'
import { silentLog } from '#core/log.ts'
import { openPostgresQueue } from '#engine/queue/postgres.ts'
import { engineContract } from './engine.contract.ts'

engineContract('PostgreSQL', async ({ url, database }) => ({
  open: (timings) => openPostgresQueue({ url, timings, log: silentLog }),
  lose: () => dropQueue(database.pool),
  stop: async () => undefined,
}))

/** Consumers that are at work hold locks of their own: whoever the database picks to give way tries again. */
async function dropQueue(pool: pg.Pool): Promise<void> {
  for (;;) {
    try {
      await pool.query('drop schema if exists bullmq cascade')
      return
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === DEADLOCK)) throw error
    }
  }
}

const DEADLOCK = '40P01'
