import { readFile } from 'node:fs/promises'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { createEgress } from '#core/egress/egress.ts'
import { newId } from '#core/ids.ts'
import { silentLog } from '#core/log.ts'
import { createFolderStorage } from '#core/storage/folder.ts'
import { createEngine } from '#engine/create.ts'
import { openQueue } from '#engine/queue/open.ts'
import { timings as scaledTimings } from '#engine/timings.ts'
import { connect } from '#prisma/client.ts'
import { createResults } from '#workers/runtime/results.ts'
import { createProviderUse } from '#workers/runtime/providers.ts'
import { stageContext } from '#workers/runtime/stage-context.ts'
import { createGpuDevices } from '#workers/runtime/gpu-devices.ts'
import { createWorkFolders } from '#workers/runtime/work-folders.ts'
import { startWorker } from '#workers/runtime/worker.ts'
import { defineContract } from '#workers/stages/contract.ts'
import { defineStage, type Stage } from '#workers/stages/define.ts'
import { bareWorker } from './bare.ts'
import type { ConsumerMessage, ConsumerOptions } from './consumer.ts'

// The process that a bench measures: everything of a real worker but the stages.
const options = JSON.parse(process.argv[2] ?? '{}') as ConsumerOptions
const stop = options.role === 'bare' ? await consumeBare() : await consumeSteps()
process.on('message', () => void tellMemory())
process.once('SIGTERM', () => void stop().then(() => process.exit(0)))
tell({ kind: 'ready' })

async function consumeBare(): Promise<() => Promise<void>> {
  const worker = bareWorker(options, async (job) => tellStarted(job.name))
  await worker.waitUntilReady()
  return () => worker.close()
}

async function consumeSteps(): Promise<() => Promise<void>> {
  const { databaseUrl, redisUrl, slots } = options
  const log = silentLog
  const timings = scaledTimings(1)
  const database = connect({ url: databaseUrl, max: 12 })
  const id = newId('wrk')
  const dir = await mkdtemp(path.join(tmpdir(), 'dailies-bench-'))
  const queue = await openQueue({ redisUrl, databaseUrl, timings, log })
  const engine = createEngine({ database, queue, timings, log })
  const storage = createFolderStorage(path.join(dir, 'store'))
  const results = createResults(database.pool, storage)
  const folders = await createWorkFolders(path.join(dir, 'work'), id)
  const egress = await createEgress({ allowPrivateHosts: [], trusted: [], log })
  const providers = createProviderUse({ database, secretKey: Buffer.alloc(32), env: {}, egress, services: egress, log })
  const runtime = {
    engine,
    results,
    folders,
    timings,
    log,
    onDevice: createGpuDevices([]),
    stage: async (name: string) => noop(name),
    context: async (step: Parameters<typeof stageContext>[1], around: Parameters<typeof stageContext>[2]) =>
      stageContext({ database, storage, egress, results, providers }, step, around),
  }
  const worker = await startWorker({
    id,
    runtime,
    engine,
    queue,
    pool: database.pool,
    databaseUrl,
    slots: { io: slots },
    graceMs: 1_000,
    timings,
    log,
    onKeys: () => undefined,
  })
  return async () => {
    await worker.stop()
    await queue.close()
    await egress.close()
    await database.close()
    await rm(dir, { recursive: true, force: true })
  }
}

function noop(name: string): Stage {
  const contract = defineContract({
    name,
    version: 1,
    resource: 'io',
    needs: [],
    timeoutMs: 60_000,
    retries: 0,
    reuseMs: 0,
    input: z.unknown(),
    output: z.unknown(),
  })
  return defineStage(contract, {
    run: async () => {
      tellStarted(name)
      return { out: 1, review: {} }
    },
  })
}

function tellStarted(stage: string): void {
  tell({ kind: 'started', stage, at: performance.timeOrigin + performance.now() })
}

/** Proportional share of memory, which counts what processes share once. */
async function tellMemory(): Promise<void> {
  const kb = /^Pss:\s+(\d+) kB/m.exec(await readFile('/proc/self/smaps_rollup', 'utf8').catch(() => ''))?.[1]
  tell({ kind: 'memory', pssMb: kb === undefined ? process.memoryUsage.rss() / 2 ** 20 : Number(kb) / 1024 })
}

function tell(message: ConsumerMessage): void {
  process.send?.(message)
}
