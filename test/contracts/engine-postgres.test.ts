import { silentLog } from '#core/log.ts'
import { openPostgresQueue } from '#engine/queue/postgres.ts'
import { engineContract } from './engine.contract.ts'

engineContract('PostgreSQL', async ({ url, database }) => ({
  open: (timings) => openPostgresQueue({ url, timings, log: silentLog }),
  lose: async () => void (await database.pool.query('drop schema if exists bullmq cascade')),
  stop: async () => undefined,
}))
