import { randomBytes } from 'node:crypto'
import { chown, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { AppError } from '#core/errors.ts'
import { databaseHome } from './home.ts'
import { nativeTools } from './native.ts'
import type { NativeTools } from './native.ts'
import { becomeOwner, giveUpOwnership } from './owner.ts'
import { execute, processStarted, serverUser } from './server-process.ts'
import { withStartLock } from './start-lock.ts'

export interface EmbeddedDatabase {
  readonly url: string
  /** whether the server's main process lives; does not ask it anything */
  isRunning(): Promise<boolean>
  /** Stops the server when this process owns it (it started it, or its starter is gone); otherwise leaves it running. */
  stop(): Promise<void>
}

/**
 * Attaches to the PostgreSQL server of `dataDir`, or starts it (and makes it, the first time). The server is a daemon:
 * it outlives a killed owner, and the next call attaches and becomes its owner. Throws DATABASE_DOWN.
 * `durable: false` (tests only) trades safety against power loss for speed.
 */
export async function startEmbedded(options: { dataDir: string; durable?: boolean }): Promise<EmbeddedDatabase> {
  const home = await databaseHome(resolve(options.dataDir))
  return await withStartLock(join(home, 'start.lock'), async () => {
    const tools = await nativeTools(home)
    const server: Server = { home, cluster: join(home, 'cluster'), tools, durable: options.durable ?? true }
    const password = await ensureCluster(server)
    const url = (await runningUrl(server, password)) ?? (await start(server, password))
    const owner = await becomeOwner(home)
    return {
      url,
      isRunning: async () => (await readPort(server.cluster)) !== undefined,
      stop: () => (owner ? stop(server) : Promise.resolve()),
    }
  })
}

interface Server {
  readonly home: string
  readonly cluster: string
  readonly tools: NativeTools
  readonly durable: boolean
}

/** Small on purpose: a studio's database serves a handful of pools on a machine that also encodes video. */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'max_connections=120',
  'shared_buffers=32MB',
  'io_method=sync',
  'jit=off',
  'wal_level=minimal',
  'max_wal_senders=0',
  'max_logical_replication_workers=0',
  'autovacuum_max_workers=1',
  'max_parallel_workers_per_gather=0',
  'password_encryption=scram-sha-256',
  'log_min_messages=error',
  'timezone=UTC',
]
const FAST_SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

async function ensureCluster(server: Server): Promise<string> {
  const passwordFile = join(server.home, 'password')
  const known = await readFile(passwordFile, 'utf8').catch(() => undefined)
  if (known && (await readFile(join(server.cluster, 'PG_VERSION')).catch(() => undefined))) return known
  const password = randomBytes(24).toString('base64url')
  await rm(server.cluster, { recursive: true, force: true })
  // written last under its real name: a cluster without a password file is one whose making was cut short
  const draft = `${passwordFile}.new`
  await writeFile(draft, password, { mode: 0o600 })
  const user = serverUser()
  if (user) await chown(draft, user.uid, user.gid)
  await execute(server.tools.initdb, [
    '-D',
    server.cluster,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    '--pwfile',
    draft,
    '-E',
    'UTF8',
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(server.durable ? [] : ['-N']),
  ])
  await writeFile(passwordFile, password, { mode: 0o600 })
  await rm(draft)
  return password
}

async function start(server: Server, password: string): Promise<string> {
  let failure: unknown
  for (let attempt = 0; attempt < 10; attempt++) {
    const settings = server.durable ? SETTINGS : [...SETTINGS, ...FAST_SETTINGS]
    // the port of the last time, so that pools of a server that was killed find it again
    const former = attempt < 5 ? await readFile(join(server.home, 'port'), 'utf8').catch(() => undefined) : undefined
    const port = former ?? String(await freePort())
    const flags = ['-p', port, '-k', '""', ...settings.flatMap((setting) => ['-c', setting])]
    try {
      const log = join(server.home, 'server.log')
      await execute(server.tools.pgCtl, [
        '-D',
        server.cluster,
        '-l',
        log,
        '-t',
        '60',
        '-w',
        '-o',
        flags.join(' '),
        'start',
      ])
      const url = await runningUrl(server, password)
      if (url) {
        await writeFile(join(server.home, 'port'), port)
        return url
      }
    } catch (error) {
      // another program may have the port, or a killed server's processes may still be letting go of the cluster
      failure = error
    }
    await sleep(100 * (attempt + 1))
  }
  throw new AppError('DATABASE_DOWN', 'the embedded database does not start', {
    cause: failure,
    data: { log: join(server.home, 'server.log') },
  })
}

async function stop(server: Server): Promise<void> {
  await execute(server.tools.pgCtl, ['-D', server.cluster, '-m', 'fast', '-t', '30', '-w', 'stop']).catch(
    async (error: unknown) => {
      if (await readPort(server.cluster)) throw error
    },
  )
  await giveUpOwnership(server.home)
}

/** The address of the running server, with the studio's database in it; undefined when none answers. */
async function runningUrl(server: Server, password: string): Promise<string | undefined> {
  const port = await readPort(server.cluster)
  if (port === undefined) return undefined
  const base = `postgres://postgres:${password}@127.0.0.1:${port}`
  if (await answers(`${base}/dailies`)) return `${base}/dailies`
  const client = new pg.Client({ connectionString: `${base}/postgres`, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    await client.query('create database dailies')
    return `${base}/dailies`
  } catch {
    return undefined
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** postmaster.pid: line 1 the process, line 4 the port. It stays behind when the server is killed. */
async function readPort(cluster: string): Promise<number | undefined> {
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  return (await processStarted(Number(lines[0]))) === undefined ? undefined : Number(lines[3]) || undefined
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((listening, failed) => server.once('error', failed).listen(0, '127.0.0.1', listening))
  const address = server.address()
  await new Promise((closed) => server.close(closed))
  if (address === null || typeof address === 'string') throw new AppError('DATABASE_DOWN', 'no free port')
  return address.port
}
