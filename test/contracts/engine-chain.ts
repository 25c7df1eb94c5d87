import { describe, expect, it } from 'vitest'
import { claimStep, planOf, stage, type EngineFixture } from './engine-fixture.ts'

const WORKER = 'wrk_test'

const chain = planOf((p) => {
  const one = p.step(stage('one', { resource: 'gpu' }), {})
  const two = p.step(stage('two', { resource: 'gpu' }), { from: one.value })
  p.step(stage('three', { resource: 'cpu' }), { from: two.value })
})

/** A worker that goes on with the next step of a chain without a way through the queue. */
export function engineChain(fixture: () => EngineFixture): void {
  describe('going on with a chain', () => {
    it('gives the next step, with what just ended in its input, and only of the same resource', async () => {
      const f = fixture()
      const runId = await f.start(chain)
      const one = await claimStep(f, runId, 'one')
      const { completed, next } = await f.engine.completeAndClaim({
        stepId: one.id,
        fence: one.fence,
        output: { value: 7 },
        workerId: WORKER,
      })
      expect(completed).toBe(true)
      expect(next).toMatchObject({ node: 'two', input: { from: 7 }, scope: one.scope, runId })
      expect((await f.steps(runId))['two']).toMatchObject({ status: 'running', needs: 0 })
      expect(
        await f.engine.heartbeat({ workerId: WORKER, steps: [{ id: next?.id ?? '', fence: next?.fence ?? 0n }] }),
      ).toEqual([])
      const end = await f.engine.completeAndClaim({
        stepId: next?.id ?? '',
        fence: next?.fence ?? 0n,
        output: { value: 8 },
        workerId: WORKER,
      })
      expect(end).toEqual({ completed: true, next: null })
      expect((await f.steps(runId))['three']).toMatchObject({ status: 'ready' })
      await f.engine.cancel({ scope: f.tenant.scope, runId })
    })

    it('waits its turn when another workspace waits for a place', async () => {
      const f = fixture()
      const runId = await f.start(chain)
      const other = await f.newTenant('waits')
      // no worker serves this queue, so nothing is in it
      const waiting = await f.start(
        planOf((p) => void p.step(stage('job', { resource: 'gpu' }), {})),
        { tenant: other },
      )
      const one = await claimStep(f, runId, 'one')
      const answer = await f.engine.completeAndClaim({ stepId: one.id, fence: one.fence, output: {}, workerId: WORKER })
      expect(answer).toEqual({ completed: true, next: null })
      expect((await f.steps(runId))['two']).toMatchObject({ status: 'ready' })
      await f.engine.cancel({ scope: other.scope, runId: waiting })
      await f.engine.cancel({ scope: f.tenant.scope, runId })
    })

    it('gives nothing to a stale attempt, nor after a pause', async () => {
      const f = fixture()
      const runId = await f.start(chain)
      const one = await claimStep(f, runId, 'one')
      await f.engine.pause({ scope: f.tenant.scope, runId })
      const answer = await f.engine.completeAndClaim({ stepId: one.id, fence: one.fence, output: {}, workerId: WORKER })
      expect(answer).toEqual({ completed: false, next: null })
      await f.engine.cancel({ scope: f.tenant.scope, runId })
    })

    it('gives a join to one of the two that end together', async () => {
      const f = fixture()
      const runId = await f.start(
        planOf((p) => {
          const a = p.step(stage('a', { resource: 'gpu' }), {})
          const b = p.step(stage('b', { resource: 'gpu' }), {})
          p.step(stage('join', { resource: 'gpu' }), { all: [a.value, b.value] })
        }),
      )
      const held = await Promise.all(['a', 'b'].map((name) => claimStep(f, runId, name)))
      const ends = await Promise.all(
        held.map(({ id, fence }, value) =>
          f.engine.completeAndClaim({ stepId: id, fence, output: { value }, workerId: WORKER }),
        ),
      )
      expect(ends.map((end) => end.next?.input).filter(Boolean)).toEqual([{ all: [0, 1] }])
      await f.engine.cancel({ scope: f.tenant.scope, runId })
    })
  })
}
