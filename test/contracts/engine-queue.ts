import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import { silentLog } from '#core/log.ts'
import { createEngine } from '#engine/create.ts'
import { ended, farm, planOf, stage, until, type EngineFixture } from './engine-fixture.ts'

const single = planOf((p) => void p.step(stage('job'), {}))

/** What holds while steps really travel through the queue. */
export function engineQueue(fixture: () => EngineFixture): void {
  describe('through the queue', () => {
    it('runs a whole plan, each step once', async () => {
      const f = fixture()
      const runId = await f.start(
        planOf((p) => {
          const one = p.step(stage('one'), {})
          const made = p.step(stage('make', { resource: 'cpu' }), { from: one.value })
          p.each(
            ['a', 'b', 'c'],
            (key) => key,
            (key) => void p.step(stage('part', { resource: 'gpu' }), { key, from: made.out }),
          )
        }),
      )
      const workers = await farm(f, async (step) => ({ value: 1, out: `${step.node}${step.fanKey}` }))
      expect(await ended(f, runId)).toBe('done')
      expect(workers.claims.map((step) => `${step.node}${step.fanKey}`).sort()).toEqual([
        'make',
        'one',
        'parta',
        'partb',
        'partc',
      ])
      await workers.stop()
      await until(
        async () => (await Promise.all((['io', 'cpu', 'gpu'] as const).map(f.queue.length))).join(),
        (text) => text === '0,0,0',
      )
    })

    it('tries again when it is due, without waiting for reconcile', async () => {
      const f = fixture()
      const runId = await f.start(planOf((p) => void p.step(stage('flaky'), {})))
      let tries = 0
      const workers = await farm(f, async () => {
        tries++
        if (tries === 1) throw new AppError('PROVIDER_BUSY', '429', { retryAfterMs: 2_000 })
        return 'ok'
      })
      expect(await ended(f, runId)).toBe('done')
      expect(tries).toBe(2)
      await workers.stop()
    })

    it('is told by a process without a queue through NOTIFY alone', async () => {
      const f = fixture()
      const heard: string[] = []
      const client = await f.database.pool.connect()
      client.on('notification', (message) => heard.push(`${message.channel}:${message.payload}`))
      await client.query('listen step_ready')
      const bot = createEngine({ database: f.database, timings: f.timings, log: silentLog })
      const runId = await f.start(
        planOf((p) => {
          const made = p.step(stage('make'), {})
          const ok = p.checkpoint('look', { review: made.review, auto: false })
          p.step(stage('end', { resource: 'gpu' }), { cues: ok.cues })
        }),
        { engine: bot },
      )
      await until(
        async () => heard,
        (all) => all.includes('step_ready:io'),
        5_000,
      )
      const workers = await farm(f, async () => ({ review: {} }))
      const look = await until(
        async () => (await f.steps(runId))['look'],
        (step) => step?.status === 'waiting_person',
      )
      heard.length = 0
      const { scope, memberId } = f.tenant
      await bot.approve({ scope, stepId: look?.id ?? '', revision: 1, memberId, output: {} })
      await until(
        async () => heard,
        (all) => all.includes('step_ready:gpu'),
        5_000,
      )
      await f.engine.dispatch('gpu')
      expect(await ended(f, runId)).toBe('done')
      await workers.stop()
      client.release(true)
      await bot.close()
    })

    it('keeps a backlog of 1,000 in rows and the queue short', async () => {
      const f = fixture()
      const plan = planOf((p) =>
        p.each(
          Array.from({ length: 1_000 }, (_, n) => `k${n}`),
          (key) => key,
          (key) => void p.step(stage('job'), { key }),
        ),
      )
      const runId = await f.start(plan)
      let longest = 0
      let asked = 0
      const workers = await farm(
        f,
        async () => {
          asked++
          // asking costs more than the step
          if (asked % 20 === 0) longest = Math.max(longest, await f.queue.length('io'))
          return null
        },
        { slots: 4 },
      )
      expect(await ended(f, runId)).toBe('done')
      expect(longest).toBeGreaterThan(1)
      // two for each slot, and those whose rows are done while their jobs are being removed
      expect(longest).toBeLessThanOrEqual(3 * 4)
      expect(workers.claims).toHaveLength(1_000)
      await workers.stop()
    }, 120_000)

    it('pauses a backlog at once', async () => {
      const f = fixture()
      const keys = Array.from({ length: 200 }, (_, n) => `k${n}`)
      const runId = await f.start(
        planOf((p) =>
          p.each(
            keys,
            (key) => key,
            (key) => void p.step(stage('job'), { key }),
          ),
        ),
      )
      const { scope } = f.tenant
      const workers = await farm(f, async () => sleep(5))
      await until(
        async () => workers.claims.length,
        (count) => count >= 20,
      )
      await f.engine.pause({ scope, runId })
      const before = workers.claims.length
      await sleep(150)
      expect(workers.claims.length).toBe(before)
      await f.engine.resume({ scope, runId })
      expect(await ended(f, runId)).toBe('done')
      await workers.stop()
    })

    it('is refilled when it is lost entirely, with no double effect', async () => {
      const f = fixture()
      const chain = planOf((p) => {
        let last = p.step(stage('s0'), {})
        for (let n = 1; n < 4; n++) last = p.step(stage(`s${n}`), { from: last.out })
      })
      const runs = await Promise.all(Array.from({ length: 60 }, () => f.start(chain)))
      let busy = 0
      const workers = await farm(f, async () => {
        busy++
        await sleep(10)
        return { out: 1 }
      })
      await until(
        async () => busy,
        (count) => count > 40,
      )
      await f.backend.lose()
      const upkeep = setInterval(() => void f.engine.reconcile().catch(() => undefined), f.timings.reconcileMs)
      try {
        for (const runId of runs) expect(await ended(f, runId)).toBe('done')
      } finally {
        clearInterval(upkeep)
      }
      expect(workers.claims).toHaveLength(60 * 4)
      await workers.stop()
    }, 120_000)

    it('gives a step of a dead worker to another one', async () => {
      const f = fixture()
      const runId = await f.start(single)
      const release = Promise.withResolvers<void>()
      const workers = await farm(f, async (step) => {
        if (step.fence !== workers.claims[0]?.fence) return 'by the other'
        await release.promise
        return 'too late'
      })
      await until(
        async () => workers.claims.length,
        (count) => count === 1,
      )
      await until(
        async () => {
          // the farm beats for what it holds: silenced again until reconcile came first
          await f.database.pool.query(
            `update step set heartbeat_at = now() - interval '1 hour' where run_id = $1 and crashes = 0`,
            [runId],
          )
          await f.engine.reconcile()
          return (await f.steps(runId))['job']
        },
        (step) => step?.crashes === 1,
      )
      expect(await ended(f, runId)).toBe('done')
      release.resolve()
      await workers.stop()
      expect((await f.steps(runId))['job']).toMatchObject({ output: 'by the other', crashes: 1 })
    })
  })

  describe('fair share', () => {
    it('lets a single job of another workspace pass a backlog of 1,000', async () => {
      const f = fixture()
      const busy = await f.newTenant('busy')
      const single1 = await f.newTenant('single')
      const slots = 2
      const keys = Array.from({ length: 1_000 }, (_, n) => `k${n}`)
      const batch = await f.start(
        planOf((p) =>
          p.each(
            keys,
            (key) => key,
            (key) => void p.step(stage('job', { resource: 'cpu' }), { key }),
          ),
        ),
        { tenant: busy },
      )
      let arrived = -1
      const order: string[] = []
      const workers = await farm(
        f,
        async (step) => {
          order.push(step.scope.workspaceId)
          await sleep(2)
          return null
        },
        { slots },
      )
      await until(
        async () => order.length,
        (count) => count >= 100,
      )
      arrived = order.length
      const runId = await f.start(
        planOf((p) => void p.step(stage('job', { resource: 'cpu' }), {})),
        { tenant: single1 },
      )
      expect(await ended(f, runId)).toBe('done')
      const passedBy = order.indexOf(single1.scope.workspaceId) - arrived
      // those in the window when it came, and what ran while its run was stored
      expect(passedBy).toBeLessThanOrEqual(2 * slots + 12)
      await f.engine.cancel({ scope: busy.scope, runId: batch })
      await workers.stop()
    }, 120_000)

    it('shares by weight: urgent work of one workspace gets eight times the turns of low work of another', async () => {
      const f = fixture()
      const [urgent, low] = await Promise.all([f.newTenant('urgent'), f.newTenant('low')])
      const keys = Array.from({ length: 200 }, (_, n) => `k${n}`)
      const plan = planOf((p) =>
        p.each(
          keys,
          (key) => key,
          (key) => void p.step(stage('job', { resource: 'gpu' }), { key }),
        ),
      )
      const runs = await Promise.all([
        f.start(plan, { tenant: urgent, priority: 8 }),
        f.start(plan, { tenant: low, priority: 1 }),
      ])
      const order: string[] = []
      const workers = await farm(f, async (step) => void order.push(step.scope.workspaceId), { slots: 1 })
      await until(
        async () => order.length,
        (count) => count >= 120,
      )
      const first = order.slice(0, 90).filter((id) => id === urgent.scope.workspaceId).length
      expect(first).toBeGreaterThanOrEqual(74)
      expect(first).toBeLessThanOrEqual(84)
      await Promise.all(
        runs.map((runId, index) => f.engine.cancel({ scope: (index === 0 ? urgent : low).scope, runId })),
      )
      await workers.stop()
    }, 120_000)
  })
}
