import { availableParallelism } from 'node:os'
import path from 'node:path'
import { loadSecretKey } from '#core/crypto/secret-key.ts'
import { envShapes } from '#core/env-shapes.ts'
import { readEnv } from '#core/env.ts'
import { AppError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { runProcess, type Running } from '#core/lifecycle.ts'
import { createLog, type Logger } from '#core/log.ts'
import { createFolderStorage } from '#core/storage/folder.ts'
import type { Resource } from '#domain/states.ts'
import { createEngine } from '#engine/create.ts'
import { openQueue } from '#engine/queue/open.ts'
import { timings as scaledTimings } from '#engine/timings.ts'
import { connect, type Database } from '#prisma/client.ts'
import { checkSecretKey } from '#prisma/queries/system/secret-key.ts'
import { unscopedDb } from '#prisma/unscoped.ts'
import { createGpuDevices } from './runtime/gpu-devices.ts'
import type { OpenProviders, openProviders } from './runtime/open-providers.ts'
import { noteTools } from './runtime/register.ts'
import { createResults } from './runtime/results.ts'
import type { StepRuntime } from './runtime/run-step.ts'
import { stageContext } from './runtime/stage-context.ts'
import { createWorkFolders } from './runtime/work-folders.ts'
import { startWorker } from './runtime/worker.ts'
import type { Stage } from './stages/define.ts'

const PUBLISH_MS = 3600_000

await runProcess(start)

async function start(): Promise<Running> {
  const env = readWorkerEnv()
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, DATA_DIR: dataDir } = env
  if (databaseUrl === undefined) throw needsDatabase()
  const id = newId('wrk')
  const log = createLog({ name: 'worker', level: env.LOG_LEVEL }).child({ worker: id })
  const timings = scaledTimings(env.TIME_SCALE)
  const slots = slotsOf(env)
  const database = openDatabase(databaseUrl, slots, log)
  const secretKey = await loadSecretKey({ secretKey: env.SECRET_KEY, dataDir })
  await checkSecretKey(unscopedDb(database), secretKey)
  const [queue, folders] = await Promise.all([
    openQueue({ redisUrl, databaseUrl, timings, log }),
    createWorkFolders(path.join(dataDir, 'work'), id),
  ])
  const storage = createFolderStorage(path.join(dataDir, 'store'))
  const engine = createEngine({ database, queue, timings, log })
  const results = createResults(database.pool, storage)
  // what steps need loads while the first ones are on their way
  const outside = once(() => open({ database, secretKey, allowPrivateHosts: env.ALLOW_PRIVATE_HOSTS, log }))
  const runtime: StepRuntime = {
    engine,
    results,
    folders,
    timings,
    log,
    onDevice: createGpuDevices(env.GPU_DEVICES),
    stage: findStage(),
    context: async (step, around) => {
      const { use: providers, egress } = await outside()
      return stageContext({ database, storage, egress, results, providers }, step, around)
    },
  }
  const worker = await startWorker({
    id,
    runtime,
    engine,
    queue,
    pool: database.pool,
    databaseUrl,
    slots,
    graceMs: env.SHUTDOWN_GRACE * 1_000,
    timings,
    log,
    onKeys: (workspaceId) => void refresh(outside, workspaceId, log),
  })
  const publisher = keepPublished(outside, () => tellTools(database.pool, id), log)
  return {
    stop: async () => {
      clearInterval(publisher)
      await worker.stop()
      await queue.close()
      await (await outside()).close()
      await folders.close()
      await database.close()
    },
  }
}

async function open(parts: Parameters<typeof openProviders>[0]): Promise<OpenProviders> {
  const late = await import('./runtime/open-providers.ts')
  return late.openProviders(parts)
}

function readWorkerEnv() {
  return readEnv({
    ...envShapes.dataDir,
    ...envShapes.databaseUrl,
    ...envShapes.redisUrl,
    ...envShapes.secretKey,
    ...envShapes.egress,
    ...envShapes.worker,
    ...envShapes.timeScale,
    ...envShapes.log,
  })
}

function openDatabase(url: string, slots: Partial<Record<Resource, number>>, log: Logger): Database {
  const total = Object.values(slots).reduce((sum, count) => sum + count, 0)
  const onError = (error: Error) => log.warn({ err: error }, 'the database has trouble')
  return connect({ url, max: Math.min(20, 4 + total), onError })
}

/** The code of stages is loaded by the first step. */
function findStage(): StepRuntime['stage'] {
  const stages = once(async () => {
    const registry = await import('./stages/index.ts')
    return new Map<string, Stage>(registry.stages.map((stage) => [stage.contract.name, stage as unknown as Stage]))
  })
  return async (name) => (await stages()).get(name)
}

function slotsOf(env: {
  WORKER_QUEUES: readonly Resource[]
  WORKER_CONCURRENCY: Partial<Record<Resource, number>>
  GPU_DEVICES: readonly string[]
}): Partial<Record<Resource, number>> {
  const defaults: Record<Resource, number> = { io: 4, cpu: availableParallelism(), gpu: env.GPU_DEVICES.length }
  const counts = env.WORKER_QUEUES.map(
    (resource) => [resource, env.WORKER_CONCURRENCY[resource] ?? defaults[resource]] as const,
  )
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}

/** Writes what this worker can do: now, and every hour. */
function keepPublished(
  outside: () => Promise<OpenProviders>,
  tellTools: () => Promise<void>,
  log: Logger,
): NodeJS.Timeout {
  const publish = async (): Promise<void> => {
    try {
      await (await outside()).use.publish()
      await tellTools()
    } catch (error) {
      log.warn({ err: error }, 'the catalogue is not written')
    }
  }
  void publish()
  return setInterval(() => void publish(), PUBLISH_MS)
}

async function tellTools(pool: Parameters<typeof noteTools>[0], workerId: string): Promise<void> {
  const { lookForTools } = await import('./runtime/look-for-tools.ts')
  await noteTools(pool, workerId, await lookForTools())
}

async function refresh(outside: () => Promise<OpenProviders>, workspaceId: string, log: Logger): Promise<void> {
  try {
    await (await outside()).use.refresh(workspaceId)
  } catch (error) {
    log.warn({ err: error }, 'the catalogue of a workspace is not written')
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => {
    made ??= make()
    // a failure is tried again by the next who asks
    made.catch(() => (made = undefined))
    return made
  }
}

function needsDatabase(): AppError {
  const problem = 'DATABASE_URL is not set: the launcher sets it, or type npm run worker'
  return new AppError('BAD_ENV', problem, { data: { problems: [problem] } })
}
