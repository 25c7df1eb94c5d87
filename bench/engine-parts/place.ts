import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startEmbedded } from '#core/database/embedded.ts'
import { silentLog } from '#core/log.ts'
import type { Plan } from '#domain/plan.ts'
import { createEngine } from '#engine/create.ts'
import type { Engine } from '#engine/engine.ts'
import { timings } from '#engine/timings.ts'
import { connect, type Database } from '#prisma/client.ts'
import { migrate } from '#prisma/migrate.ts'
import { buildProject } from '../../test/builders/project.ts'
import { buildTenant, type Tenant } from '../../test/builders/tenant.ts'
import { testRedis } from '../../test/setup/redis.ts'

export interface Place {
  readonly databaseUrl: string
  readonly redisUrl: string
  readonly database: Database
  /** as the bot's: without a queue */
  readonly engine: Engine
  readonly tenant: Tenant
  startRuns(count: number, plan: Plan): Promise<readonly string[]>
  close(): Promise<void>
}

/** A PostgreSQL as durable as in production and a Redis, for one bench. */
export async function openPlace(): Promise<Place> {
  const dir = await mkdtemp(path.join(tmpdir(), 'dailies-bench-db-'))
  const server = await startEmbedded({ dataDir: dir })
  await migrate(server.url)
  const redis = await testRedis()
  const database = connect({ url: server.url, max: 8 })
  const engine = createEngine({ database, timings: timings(1), log: silentLog })
  const tenant = await buildTenant(database)
  return {
    databaseUrl: server.url,
    redisUrl: redis.url,
    database,
    engine,
    tenant,
    startRuns: async (count, plan) => {
      const start = async (): Promise<string> => {
        const { projectId } = await buildProject(tenant.db)
        return (await engine.startRun({ scope: tenant.scope, projectId, plan, priority: 2 })).runId
      }
      const runs: string[] = []
      while (runs.length < count) {
        runs.push(...(await Promise.all(Array.from({ length: Math.min(8, count - runs.length) }, start))))
      }
      return runs
    },
    close: async () => {
      await engine.close()
      await database.close()
      await redis.stop()
      await server.stop()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
