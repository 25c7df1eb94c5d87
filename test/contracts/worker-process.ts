import { existsSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { createEgress } from '#core/egress/egress.ts'
import { newId } from '#core/ids.ts'
import { runProcess } from '#core/lifecycle.ts'
import { silentLog } from '#core/log.ts'
import { run } from '#core/run.ts'
import { createFolderStorage } from '#core/storage/folder.ts'
import { artifactRef } from '#domain/artifact.ts'
import { createEngine } from '#engine/create.ts'
import { openQueue } from '#engine/queue/open.ts'
import { timings as scaledTimings } from '#engine/timings.ts'
import { connect } from '#prisma/client.ts'
import { createProviderUse } from '#workers/runtime/providers.ts'
import { createResults } from '#workers/runtime/results.ts'
import { stageContext } from '#workers/runtime/stage-context.ts'
import { createGpuDevices } from '#workers/runtime/gpu-devices.ts'
import { createWorkFolders } from '#workers/runtime/work-folders.ts'
import { startWorker } from '#workers/runtime/worker.ts'
import { defineContract } from '#workers/stages/contract.ts'
import { defineStage, type Stage } from '#workers/stages/define.ts'

export interface WorkerProcessOptions {
  readonly databaseUrl: string
  readonly dataDir: string
  readonly graceMs: number
  readonly scale: number
}

const base = { version: 1, resource: 'cpu', needs: [], timeoutMs: 60_000, retries: 3 } as const

/** Starts a tool that never ends, unless `<dataDir>/go` is there; writes the tool's process id. */
const slow = defineStage(
  defineContract({
    ...base,
    name: 'slow',
    reuseMs: 0,
    input: z.object({ dir: z.string() }),
    output: z.object({ file: artifactRef }),
  }),
  {
    async run({ dir }, ctx) {
      const script = `echo half > ${ctx.workDir}/half; echo $$; exec sleep 600`
      // written by this process, which then knows of the tool
      const onLine = (pid: string): void => writeFileSync(path.join(dir, 'pid'), pid)
      if (!existsSync(path.join(dir, 'go'))) await run('sh', ['-c', script], { ...ctx, onLine })
      return {
        file: await ctx.artifacts.saveText({ text: 'whole', kind: 'report', mime: 'text/plain', name: 'whole.txt' }),
      }
    },
  },
)

/** Makes a file of its input; counts how often it really ran. */
const quick = defineStage(
  defineContract({
    ...base,
    name: 'quick',
    reuseMs: 60_000,
    input: z.object({ dir: z.string(), text: z.string() }),
    output: z.object({ file: artifactRef }),
  }),
  {
    async run({ dir, text }, ctx) {
      await writeFile(path.join(dir, `ran-${ctx.stepId}`), '')
      const from = path.join(ctx.workDir, 'made.txt')
      await writeFile(from, text)
      return {
        file: await ctx.artifacts.save({
          path: from,
          kind: 'report',
          mime: 'text/plain',
          name: 'made.txt',
          language: 'es',
        }),
      }
    },
  },
)

const stages = new Map([slow, quick].map((stage) => [stage.contract.name as string, stage as unknown as Stage]))

// A worker as workers/main.ts makes it, with stages that tests can steer.
await runProcess(async () => {
  const { databaseUrl, dataDir, graceMs, scale } = JSON.parse(process.argv[2] ?? '{}') as WorkerProcessOptions
  const log = silentLog
  const timings = scaledTimings(scale)
  const id = newId('wrk')
  const database = connect({ url: databaseUrl, max: 6 })
  const storage = createFolderStorage(path.join(dataDir, 'store'))
  const results = createResults(database.pool, storage)
  const folders = await createWorkFolders(path.join(dataDir, 'work'), id)
  const queue = await openQueue({ databaseUrl, timings, log })
  const engine = createEngine({ database, queue, timings, log })
  const egress = await createEgress({ allowPrivateHosts: [], trusted: [], log })
  const providers = createProviderUse({ database, secretKey: Buffer.alloc(32), env: {}, egress, services: egress, log })
  const worker = await startWorker({
    id,
    runtime: {
      engine,
      results,
      folders,
      timings,
      log,
      onDevice: createGpuDevices([]),
      stage: async (name) => stages.get(name),
      context: async (step, around) => stageContext({ database, storage, egress, results, providers }, step, around),
    },
    engine,
    queue,
    pool: database.pool,
    databaseUrl,
    slots: { cpu: 2 },
    graceMs,
    timings,
    log,
    onKeys: () => undefined,
  })
  return {
    stop: async () => {
      await worker.stop()
      await queue.close()
      await egress.close()
      await folders.close()
      await database.close()
    },
  }
})
