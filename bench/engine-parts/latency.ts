import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { Plan } from '#domain/plan.ts'
import type { Review } from '#domain/review.ts'
import { buildPlan } from '#engine/plan-builder.ts'
import { bareQueue } from './bare.ts'
import { startConsumer } from './consumer.ts'
import type { Place } from './place.ts'

const SLOTS = 4
/** Between two clicks, so that each finds everything idle. */
const IDLE_MS = 30

/** From the call that approves, in a process without a queue, to the next stage running in a worker, ms each. */
export async function approveTimes(
  place: Place,
  backend: 'redis' | 'postgres',
  count: number,
): Promise<readonly number[]> {
  const { databaseUrl, redisUrl, engine, tenant, database } = place
  const consumer = await startConsumer({
    role: 'engine',
    backend,
    databaseUrl,
    slots: SLOTS,
    ...(backend === 'redis' && { redisUrl }),
  })
  const runs = await place.startRuns(count, reviewed())
  const waiting = await waitForPeople(place, runs)
  const times: number[] = []
  for (const stepId of waiting) {
    await sleep(IDLE_MS)
    const running = consumer.started(1, 'after')
    const clicked = now()
    await engine.approve({ scope: tenant.scope, stepId, revision: 1, memberId: tenant.memberId, output: {} })
    times.push((await running) - clicked)
  }
  await consumer.stop()
  await database.pool.query(`update worker set stopped_at = now() where stopped_at is null`)
  return times
}

/** The least that the same click could cost: two transactions, and BullMQ from add to start. */
export async function bareTimes(
  place: Place,
  backend: 'redis' | 'postgres',
  count: number,
): Promise<readonly number[]> {
  const { databaseUrl, redisUrl, database } = place
  const target = { backend, databaseUrl, queueName: `click-${Date.now()}`, ...(backend === 'redis' && { redisUrl }) }
  const queue = await bareQueue(target)
  const consumer = await startConsumer({ role: 'bare', ...target, slots: SLOTS })
  await database.pool.query('create table if not exists bench_row (id int primary key, n int)')
  await database.pool.query('insert into bench_row values (1, 0) on conflict do nothing')
  const times: number[] = []
  for (let n = 0; n < count; n++) {
    await sleep(IDLE_MS)
    const running = consumer.started(1)
    const clicked = now()
    for (let transaction = 0; transaction < 2; transaction++)
      await database.pool.query('update bench_row set n = n + 1 where id = 1')
    await queue.add('after')
    times.push((await running) - clicked)
  }
  await consumer.stop()
  await queue.close()
  return times
}

async function waitForPeople({ database }: Place, runs: readonly string[]): Promise<readonly string[]> {
  for (;;) {
    const found = await database.pool.query<{ id: string }>(
      `select id from step where run_id = any($1) and status = 'waiting_person'`,
      [runs],
    )
    if (found.rows.length === runs.length) return found.rows.map((row) => row.id)
    await sleep(20)
  }
}

function reviewed(): Plan {
  const stage = (name: string) =>
    ({
      name,
      version: 1,
      resource: 'io',
      timeoutMs: 60_000,
      retries: 0,
      input: z.unknown(),
      output: z.object({ review: z.custom<Review>() }),
    }) as const
  return buildPlan(
    {
      name: 'bench',
      version: 1,
      plan: (p) => {
        const made = p.step(stage('before'), {})
        const ok = p.checkpoint('look', { review: made.review, auto: false })
        p.step(stage('after'), { cues: ok.cues })
      },
    },
    undefined,
  )
}

function now(): number {
  return performance.timeOrigin + performance.now()
}
