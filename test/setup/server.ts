import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '#core/database/embedded.ts'
import { hasLivingOwner } from '#core/database/owner.ts'
import { migrate } from '#prisma/migrate.ts'

const PREFIX = 'dailies-test-pg-'

/** The name of the migrated database that every test database is a copy of. */
export const TEMPLATE = 'dailies'

export interface TestServer {
  /** address of the server's maintenance database */
  readonly url: string
  stop(): Promise<void>
}

/** Starts a throw-away PostgreSQL with a migrated template, for one test or bench run. */
export async function startTestServer(): Promise<TestServer> {
  await sweepLeftovers()
  const dataDir = await mkdtemp(join(tmpdir(), PREFIX))
  const server = await startEmbedded({ dataDir, durable: false })
  await migrate(server.url)
  const url = new URL(server.url)
  url.pathname = '/postgres'
  const admin = new pg.Client({ connectionString: url.href })
  await admin.connect()
  // nobody can connect to it by mistake: a template with a connection cannot be copied
  await admin.query(`alter database ${TEMPLATE} is_template true allow_connections false`)
  await admin.end()
  return {
    url: url.href,
    stop: async () => {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Stops and removes the servers of runs that were killed. */
async function sweepLeftovers(): Promise<void> {
  for (const name of (await readdir(tmpdir())).filter((entry) => entry.startsWith(PREFIX))) {
    const dataDir = join(tmpdir(), name)
    const age = Date.now() - ((await stat(dataDir).catch(() => undefined))?.mtimeMs ?? Date.now())
    // a young folder without an owner is one that is being made
    if (age < 120_000 || (await hasLivingOwner(join(dataDir, 'postgres')))) continue
    const server = await startEmbedded({ dataDir, durable: false }).catch(() => undefined)
    await server?.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}
