import type { Plan } from '#domain/plan.ts'
import { buildPlan } from '#engine/plan-builder.ts'
import { z } from 'zod'
import { bareQueue } from './bare.ts'
import { startConsumer } from './consumer.ts'
import type { Place } from './place.ts'

export const CHAIN = 10
const SLOTS = 32

/** `runs` chains of ten steps that do nothing, already stored, through one worker: steps per second, and its memory after. */
export async function engineRate(
  place: Place,
  backend: 'redis' | 'postgres',
  runs: number,
): Promise<{ perSecond: number; pssMb: number }> {
  await place.startRuns(runs, chain())
  const { databaseUrl, redisUrl } = place
  const since = now()
  const consumer = await startConsumer({
    role: 'engine',
    backend,
    databaseUrl,
    slots: SLOTS,
    ...(backend === 'redis' && { redisUrl }),
  })
  // the clock starts with the first step, not with the process
  const first = await consumer.started(1)
  const last = await consumer.started(runs * CHAIN - 1)
  const pssMb = await consumer.pssMb()
  await consumer.stop()
  if (first < since) throw new Error('clocks differ')
  return { perSecond: (runs * CHAIN) / ((last - first) / 1_000), pssMb }
}

/** As many jobs, already in BullMQ on PostgreSQL, through one bare worker. */
export async function bareRate(place: Place, jobs: number): Promise<number> {
  const target = { backend: 'postgres', databaseUrl: place.databaseUrl, queueName: `bare-${Date.now()}` } as const
  const queue = await bareQueue(target)
  await queue.addMany(jobs)
  const consumer = await startConsumer({ role: 'bare', ...target, slots: SLOTS })
  const first = await consumer.started(1)
  const last = await consumer.started(jobs - 1)
  await consumer.stop()
  await queue.close()
  return jobs / ((last - first) / 1_000)
}

function chain(): Plan {
  return buildPlan(
    {
      name: 'bench',
      version: 1,
      plan: (p) => {
        const noop = (n: number) =>
          ({
            name: `noop${n}`,
            version: 1,
            resource: 'io',
            timeoutMs: 60_000,
            retries: 0,
            input: z.unknown(),
            output: z.object({ out: z.number() }),
          }) as const
        let last = p.step(noop(0), {})
        for (let n = 1; n < CHAIN; n++) last = p.step(noop(n), { from: last.out })
      },
    },
    undefined,
  )
}

function now(): number {
  return performance.timeOrigin + performance.now()
}
