import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { listen } from '#core/listen.ts'
import type { Logger } from '#core/log.ts'
import { RESOURCES, type Resource } from '#domain/states.ts'
import type { Engine } from '#engine/engine.ts'
import type { QueueBackend, QueueConsumer, QueuedStep } from '#engine/queue/backend.ts'
import type { Timings } from '#engine/timings.ts'
import { createHeldSteps } from './held-steps.ts'
import { registerWorker, signOff } from './register.ts'
import { runStep, type StepRuntime } from './run-step.ts'

/** How far a worker goes on with the next step of a chain before others in the queue get its place. */
const CHAIN_STEPS = 16
const CHAIN_MS = 5_000

export interface WorkerOptions {
  readonly id: string
  readonly runtime: StepRuntime
  readonly engine: Engine
  readonly queue: QueueBackend
  readonly pool: pg.Pool
  readonly databaseUrl: string
  /** steps at once by resource; what is absent is not served */
  readonly slots: Readonly<Partial<Record<Resource, number>>>
  /** what running steps may still take when the worker stops, ms */
  readonly graceMs: number
  readonly timings: Timings
  readonly log: Logger
  /** a workspace changed its keys */
  onKeys(workspaceId: string): void
}

export interface Worker {
  /** Takes nothing more, gives running steps their grace, hands back the rest. */
  stop(): Promise<void>
}

/** Registers, consumes, beats and listens until stopped. Resolves when it takes work. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { id: workerId, runtime, engine, queue, pool, slots, timings, log } = options
  const held = createHeldSteps({ engine, workerId, log, progressGapMs: timings.scale(500) })
  const quietly = (work: Promise<unknown>): void =>
    void work.catch((error: unknown) => log.warn({ err: error }, 'upkeep has to wait'))

  const { alive, dead } = await registerWorker(pool, { id: workerId, slots })
  quietly(runtime.folders.sweep(alive))
  const listener = await listen({
    url: options.databaseUrl,
    log,
    channels: {
      run_stopped: (runId) => held.checkRun(runId),
      step_ready: (resource) => quietly(engine.dispatch(RESOURCES.find((known) => known === resource))),
      keys: options.onKeys,
    },
    onReconnect: () => quietly(Promise.all([held.beat(), engine.reconcile()])),
  })

  const run = async (queued: QueuedStep): Promise<void> => {
    const until = Date.now() + timings.scale(CHAIN_MS)
    let step = await claim(options, queued)
    for (let count = 1; step; count++) {
      const goOn = count < CHAIN_STEPS && Date.now() < until && !held.draining
      step = await runStep(runtime, step, held.hold(step), goOn ? workerId : undefined)
    }
  }
  const consumers = await Promise.all(served(slots).map(([resource, count]) => queue.consume(resource, count, run)))
  await engine.reconcile({ deadWorkers: dead })
  const timers = [
    setInterval(() => quietly(held.beat()), timings.heartbeatMs),
    setInterval(() => quietly(engine.reconcile()), timings.reconcileMs),
  ]
  return {
    stop: async () => {
      await signOff(pool, workerId).catch((error: unknown) => log.warn({ err: error }, 'could not sign off'))
      await drain(consumers, held.drain, options.graceMs)
      for (const timer of timers) clearInterval(timer)
      await listener.close()
      await engine.close()
    },
  }
}

function served(slots: WorkerOptions['slots']): [Resource, number][] {
  return RESOURCES.flatMap((resource) =>
    slots[resource] ? [[resource, slots[resource]] satisfies [Resource, number]] : [],
  )
}

/** A claim that cannot be made now leaves a ready step, which reconcile queues again. */
async function claim({ engine, id: workerId, log }: WorkerOptions, queued: QueuedStep) {
  try {
    return await engine.claim({ ...queued, workerId })
  } catch (error) {
    log.warn({ err: error, step: queued.stepId }, 'could not claim a step')
    return null
  }
}

async function drain(consumers: readonly QueueConsumer[], abort: () => void, graceMs: number): Promise<void> {
  const over = new AbortController()
  const grace = sleep(graceMs, undefined, { signal: over.signal }).then(abort, () => undefined)
  await Promise.allSettled(consumers.map((consumer) => consumer.close()))
  over.abort()
  await grace
}
