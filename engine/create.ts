import type { Logger } from '#core/log.ts'
import { RESOURCES, type Resource } from '#domain/states.ts'
import type { Database } from '#prisma/client.ts'
import { advance } from './advance.ts'
import { batch } from './batch.ts'
import { cancel } from './cancel.ts'
import { claim, claimedOrFailed } from './claim.ts'
import { coalesce } from './coalesce.ts'
import { completeSteps, type Completion } from './complete.ts'
import { approve, reject } from './decide.ts'
import { pickSteps } from './dispatch.ts'
import type { Engine } from './engine.ts'
import { fail } from './fail.ts'
import type { FinishedRow } from './finish-sql.ts'
import { handBack } from './hand-back.ts'
import { heartbeat } from './heartbeat.ts'
import { pause } from './pause.ts'
import type { QueueBackend } from './queue/backend.ts'
import { queuedSteps, reviveSteps, stuckRuns, unservedResources } from './reconcile.ts'
import { redo } from './redo.ts'
import { resume } from './resume.ts'
import { retry } from './retry.ts'
import { startRun } from './start-run.ts'
import type { Timings } from './timings.ts'

export interface EngineOptions {
  readonly database: Pick<Database, 'pool'>
  /** absent in processes that run no steps: they tell the workers by NOTIFY `step_ready` instead */
  readonly queue?: QueueBackend
  readonly timings: Timings
  readonly log: Logger
}

const BATCH = 64

/** The engine of one process. Close it before its database and queue. */
export function createEngine(options: EngineOptions): Engine {
  const { pool } = options.database
  const dispatcher = createDispatcher(options)
  const { dispatch } = dispatcher
  const engineFail = createFail(options, dispatcher)

  const advanceRun = async (runId: string): Promise<void> => {
    if (await advance(pool, runId)) await dispatch()
  }

  return {
    startRun: async (request) => dispatched(await startRun(pool, request)),
    claim: (request) => claim(pool, request, (failure) => engineFail(failure)),
    heartbeat: (request) => heartbeat(pool, request),
    ...createComplete(pool, dispatcher, advanceRun, engineFail),
    fail: (request) => engineFail(request),
    handBack: async (request) => {
      const resource = await handBack(pool, request)
      if (resource) await dispatcher.ready([resource])
      return resource !== undefined
    },
    approve: async (request) => {
      const row = await approve(pool, request, { tell: options.queue === undefined })
      await dispatcher.quietly(async () => {
        if (options.queue) await dispatcher.ready(row.ready)
        if (row.advance) await advanceRun(row.runId)
      })
    },
    reject: async (request) => void (await dispatched(await reject(pool, request))),
    redo: async (request) => dispatched(await redo(pool, request)),
    pause: (request) => pause(pool, request),
    resume: async (request) => dispatched(await resume(pool, request)),
    cancel: async (request) => dispatched(await cancel(pool, request)),
    retry: async (request) => void (await dispatched(await retry(pool, request))),
    advance: advanceRun,
    dispatch,
    reconcile: (known) => reconcile(options, dispatch, known?.deadWorkers),
    close: () => dispatcher.close(),
  }

  async function dispatched<T>(result: T): Promise<T> {
    await dispatcher.quietly(dispatch)
    return result
  }
}

function createComplete(
  pool: Database['pool'],
  dispatcher: Dispatcher,
  advanceRun: Engine['advance'],
  engineFail: Engine['fail'],
): Pick<Engine, 'complete' | 'completeAndClaim'> {
  const finish = batch((items: readonly Completion[]) => completeSteps(pool, items), BATCH)

  async function follow(row: FinishedRow): Promise<void> {
    // a step that took over its place leaves no room in the window
    await dispatcher.ready(row.next ? row.ready : [...row.ready, row.resource])
    if (row.advance) await advanceRun(row.runId)
  }

  return {
    complete: async (completion) => {
      const row = await finish(completion)
      if (!row.ended) return false
      await dispatcher.quietly(() => follow(row))
      return true
    },
    completeAndClaim: async ({ workerId, ...completion }) => {
      const row = await finish({ ...completion, chainTo: workerId })
      if (!row.ended) return { completed: false, next: null }
      // the next step need not wait for what else follows
      const following = dispatcher.quietly(() => follow(row))
      if (!row.next) await following
      return { completed: true, next: row.next ? await claimedOrFailed(row.next, engineFail) : null }
    },
  }
}

function createFail({ database: { pool }, timings }: EngineOptions, dispatcher: Dispatcher): Engine['fail'] {
  return async (request) => {
    const failed = await fail(pool, timings, request)
    if (failed?.retryInMs !== undefined) dispatcher.dispatchLater(failed.retryInMs)
    else if (failed) await dispatcher.quietly(dispatcher.dispatch)
    return failed !== undefined
  }
}

async function reconcile(
  options: EngineOptions,
  dispatch: Engine['dispatch'],
  deadWorkers?: readonly string[],
): Promise<void> {
  const { queue, timings, log } = options
  const { pool } = options.database
  const revived = await reviveSteps(pool, timings, deadWorkers)
  if (revived > 0) log.warn({ steps: revived }, 'took steps from workers that are gone')
  for (const runId of await stuckRuns(pool)) await advance(pool, runId)
  if (queue) {
    for (const [resource, steps] of await queuedSteps(pool)) await queue.add(resource, steps)
  }
  await dispatch()
  const unserved = await unservedResources(pool, timings)
  if (unserved.length > 0) log.warn({ unserved }, 'work waits for a worker that serves it')
}

type Dispatcher = ReturnType<typeof createDispatcher>

/** Dispatch of one process: coalesced per resource, with a timer for retries that come due. */
function createDispatcher({ database: { pool }, queue, timings, log }: EngineOptions) {
  const timers = new Set<NodeJS.Timeout>()
  const flying = new Set<Promise<void>>()
  const byResource = new Map(
    RESOURCES.map((resource) => [
      resource,
      coalesce(async () => {
        if (!queue) {
          await pool.query(`select pg_notify('step_ready', $1)`, [resource])
          return
        }
        const steps = await pickSteps(pool, resource, timings)
        if (steps.length > 0) await queue.add(resource, steps)
      }),
    ]),
  )

  async function dispatch(resource?: Resource): Promise<void> {
    const resources = resource ? [resource] : RESOURCES
    const work = Promise.all(resources.map(async (one) => byResource.get(one)?.())).then(() => undefined)
    flying.add(work)
    await work.finally(() => flying.delete(work))
  }

  /** What was stored stays stored: reconcile does again what could not be done now. */
  async function quietly(work: () => Promise<void>): Promise<void> {
    await work().catch((error: unknown) => log.warn({ err: error }, 'could not dispatch now; reconcile will'))
  }

  function dispatchLater(ms: number): void {
    // longer than a timer can hold, and than a process should be trusted to live: reconcile finds it
    if (ms > 2 ** 31 - 1) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      void quietly(dispatch)
    }, ms + 1)
    timer.unref()
    timers.add(timer)
  }

  return {
    dispatch,
    dispatchLater,
    quietly,
    ready: (resources: readonly string[]): Promise<void> =>
      quietly(async () => {
        await Promise.all(RESOURCES.filter((resource) => resources.includes(resource)).map(dispatch))
      }),
    close: async (): Promise<void> => {
      for (const timer of timers) clearTimeout(timer)
      await Promise.allSettled(flying)
    },
  }
}
