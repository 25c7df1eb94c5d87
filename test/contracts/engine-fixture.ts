import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { silentLog } from '#core/log.ts'
import { newId } from '#core/ids.ts'
import type { Plan } from '#domain/plan.ts'
import type { Review } from '#domain/review.ts'
import type { Resource } from '#domain/states.ts'
import { createEngine } from '#engine/create.ts'
import type { ClaimedStep, Engine } from '#engine/engine.ts'
import { buildPlan, type PlanBuilder, type StageContract } from '#engine/plan-builder.ts'
import type { QueueBackend } from '#engine/queue/backend.ts'
import { timings as scaledTimings, type Timings } from '#engine/timings.ts'
import { buildProject } from '../builders/project.ts'
import { buildTenant, type Tenant } from '../builders/tenant.ts'
import { testDatabase, type TestDatabase } from '../setup/database.ts'

/** How a backend is opened for a test, and how all that it holds is lost. */
export interface TestQueue {
  open(timings: Timings): QueueBackend
  lose(): Promise<void>
  stop(): Promise<void>
}

export interface StepRow {
  readonly id: string
  readonly node: string
  readonly fanKey: string
  readonly generation: number
  readonly status: string
  readonly needs: number
  readonly dispatch: number
  readonly attempt: number
  readonly crashes: number
  readonly revision: number
  readonly output: unknown
  readonly subject: unknown
  readonly error: { readonly code: string } | null
  readonly reused: boolean
  readonly availableAt: Date
}

export const SCALE = 0.05

/** A database, a queue and an engine of one test file. */
export async function engineFixture(openQueue: (database: TestDatabase) => Promise<TestQueue>) {
  const database = await testDatabase()
  const backend = await openQueue(database)
  // tests say themselves when a worker is dead; a busy machine must not
  const timings: Timings = { ...scaledTimings(SCALE), deadAfterMs: 30_000 }
  const queue = backend.open(timings)
  const engine = createEngine({ database: database.database, queue, timings, log: silentLog })
  const tenant = await buildTenant(database.database)
  const { pool } = database.database
  const farms = new Set<() => Promise<void>>()

  return {
    farms,
    /** after each test, also one that failed: no worker is left for the next */
    stopFarms: async (): Promise<void> => {
      for (const stop of farms) await stop()
    },
    database: database.database,
    url: database.url,
    backend,
    queue,
    engine,
    tenant,
    timings,
    newTenant: (name: string): Promise<Tenant> => buildTenant(database.database, name),

    start: async (
      plan: Plan,
      options: { tenant?: Tenant; priority?: number; engine?: Engine } = {},
    ): Promise<string> => {
      const { scope, db } = options.tenant ?? tenant
      const { projectId } = await buildProject(db)
      const { runId } = await (options.engine ?? engine).startRun({
        scope,
        projectId,
        plan,
        priority: options.priority ?? 2,
      })
      return runId
    },

    /** the newest generation of each branch by `node` or `node:fanKey` */
    steps: async (runId: string): Promise<Record<string, StepRow>> => {
      const found = await pool.query<StepRow>(
        `select id, node, fan_key as "fanKey", generation, status, needs, dispatch, attempt, crashes, revision, output, subject,
           error, reused, available_at as "availableAt" from step where run_id = $1 order by generation`,
        [runId],
      )
      return Object.fromEntries(found.rows.map((row) => [row.fanKey ? `${row.node}:${row.fanKey}` : row.node, row]))
    },

    runStatus: async (runId: string): Promise<string> => {
      const found = await pool.query<{ status: string }>('select status from run where id = $1', [runId])
      return found.rows[0]?.status ?? 'gone'
    },

    close: async (): Promise<void> => {
      await engine.close()
      await queue.close()
      await database.drop()
      await backend.stop()
    },
  }
}
export type EngineFixture = Awaited<ReturnType<typeof engineFixture>>

/** What the plans of these tests refer to. */
interface Made {
  readonly text: string
  readonly out: string
  readonly value: number
  readonly title: string
  readonly review: Review
  readonly chapters: readonly { readonly id: string; readonly from: number }[]
}

/** A stage without code; its output is whatever the test says. */
export function stage(
  name: string,
  options: { resource?: Resource; retries?: number } = {},
): StageContract<z.ZodUnknown, z.ZodType<Made>> {
  const { resource = 'io', retries = 3 } = options
  return { name, version: 1, resource, timeoutMs: 60_000, retries, input: z.unknown(), output: z.custom<Made>() }
}

export function planOf(write: (p: PlanBuilder) => void): Plan {
  return buildPlan({ name: 'test', version: 1, plan: write }, undefined)
}

/** Claims a branch's newest step as a worker would, whatever the queue does. */
export async function claimStep(
  fixture: EngineFixture,
  runId: string,
  name: string,
  workerId = 'wrk_test',
): Promise<ClaimedStep> {
  const step = (await fixture.steps(runId))[name]
  const claimed = step && (await fixture.engine.claim({ stepId: step.id, dispatch: step.dispatch, workerId }))
  if (!claimed) throw new Error(`${name} is not to be had: ${step?.status}`)
  return claimed
}

/** Claims and completes. */
export async function finishStep(
  fixture: EngineFixture,
  runId: string,
  name: string,
  output: unknown = name,
): Promise<void> {
  const { id, fence } = await claimStep(fixture, runId, name)
  if (!(await fixture.engine.complete({ stepId: id, fence, output }))) throw new Error(`${name} was stale`)
}

export type Handler = (step: ClaimedStep) => Promise<unknown>

/** Workers of the test: registered, consuming, beating; `handle` returns the output or throws an AppError. */
export async function farm(
  fixture: EngineFixture,
  handle: Handler,
  options: { slots?: number; engine?: Engine; queue?: QueueBackend } = {},
) {
  const { slots = 4, engine = fixture.engine, queue = fixture.queue } = options
  const workerId = newId('wrk')
  const { pool } = fixture.database
  await pool.query(`insert into worker (id, host, pid, resources, tools) values ($1, 'test', 0, $2, '[]')`, [
    workerId,
    { io: slots, cpu: slots, gpu: slots },
  ])
  const held = new Map<string, ClaimedStep>()
  const claims: ClaimedStep[] = []
  const run = async (queued: { stepId: string; dispatch: number }): Promise<void> => {
    const step = await engine.claim({ ...queued, workerId })
    if (!step) return
    claims.push(step)
    held.set(step.id, step)
    const { id: stepId, fence } = step
    try {
      await engine.complete({ stepId, fence, output: await handle(step) })
    } catch (error) {
      await engine.fail({ stepId, fence, error: error as never })
    } finally {
      held.delete(step.id)
    }
  }
  const consumers = await Promise.all(
    (['io', 'cpu', 'gpu'] as const).map((resource) => queue.consume(resource, slots, run)),
  )
  const beats = setInterval(
    () =>
      void engine
        .heartbeat({ workerId, steps: [...held.values()].map(({ id, fence }) => ({ id, fence })) })
        .catch(() => undefined),
    fixture.timings.heartbeatMs,
  )
  const stop = async (): Promise<void> => {
    fixture.farms.delete(stop)
    clearInterval(beats)
    await Promise.all(consumers.map((consumer) => consumer.close()))
    await pool.query('update worker set stopped_at = now() where id = $1', [workerId])
  }
  fixture.farms.add(stop)
  await engine.dispatch()
  return { workerId, claims, stop }
}

/** Waits until `check` holds; throws with what it saw last after `timeoutMs`. */
export async function until<T>(read: () => Promise<T>, check: (value: T) => boolean, timeoutMs = 60_000): Promise<T> {
  const end = Date.now() + timeoutMs
  for (;;) {
    const value = await read()
    if (check(value)) return value
    if (Date.now() > end) throw new Error(`still ${JSON.stringify(value)}`)
    await sleep(10)
  }
}

const OVER = ['done', 'done_with_failures', 'failed', 'cancelled']

/** Waits for the end of a run. */
export function ended(fixture: EngineFixture, runId: string, timeoutMs?: number): Promise<string> {
  return until(
    () => fixture.runStatus(runId),
    (status) => OVER.includes(status),
    timeoutMs,
  )
}
