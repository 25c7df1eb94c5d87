import { describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import { claimStep, ended, finishStep, planOf, stage, until, type EngineFixture } from './engine-fixture.ts'

const chain = planOf((p) => {
  const one = p.step(stage('one'), { x: 1 })
  p.step(stage('two'), { from: one.value })
})

/** What holds for every step, whoever runs it. */
export function engineRules(fixture: () => EngineFixture): void {
  describe('claim, complete and fail', () => {
    it('resolves references, completes, readies what waited and ends the run', async () => {
      const f = fixture()
      const runId = await f.start(chain)
      expect((await f.steps(runId))['two']).toMatchObject({ status: 'waiting', needs: 1 })
      await finishStep(f, runId, 'one', { value: 42 })
      expect((await claimStep(f, runId, 'two')).input).toEqual({ from: 42 })
      const two = (await f.steps(runId))['two']
      expect(two).toMatchObject({ status: 'running', needs: 0 })
    })

    it('keeps what JSON can write and jsonb cannot hold', async () => {
      const f = fixture()
      const runId = await f.start(chain)
      await finishStep(f, runId, 'one', { value: 'a\u0000b\ud800c\\u0000' })
      expect((await claimStep(f, runId, 'two')).input).toEqual({ from: 'a\ufffdb\ufffdc\\u0000' })
    })

    it('lets one of two concurrent claims and one of two concurrent completions win', async () => {
      const f = fixture()
      const runId = await f.start(chain)
      const { id, dispatch } = (await f.steps(runId))['one'] ?? { id: '', dispatch: 0 }
      const claims = await Promise.all(
        [1, 2, 3].map((n) => f.engine.claim({ stepId: id, dispatch, workerId: `wrk_${n}` })),
      )
      const [claimed, ...more] = claims.filter((claim) => claim !== null)
      expect(more).toEqual([])
      const complete = (output: string) => f.engine.complete({ stepId: id, fence: claimed?.fence ?? 0n, output })
      const won = await Promise.all(['a', 'b', 'c'].map(complete))
      expect(won.filter(Boolean)).toHaveLength(1)
      expect((await f.steps(runId))['one']?.output).toBe(['a', 'b', 'c'][won.indexOf(true)])
      expect((await f.steps(runId))['two']).toMatchObject({ status: 'ready', needs: 0 })
    })

    it('refuses a stale fence: complete, fail, hand back and heartbeat', async () => {
      const f = fixture()
      const runId = await f.start(chain)
      const old = await claimStep(f, runId, 'one')
      expect(await f.engine.handBack({ stepId: old.id, fence: old.fence })).toBe(true)
      const fresh = await claimStep(f, runId, 'one')
      expect(fresh.fence).toBeGreaterThan(old.fence)
      const stale = { stepId: old.id, fence: old.fence }
      expect(await f.engine.complete({ ...stale, output: 'late' })).toBe(false)
      expect(await f.engine.fail({ ...stale, error: new AppError('NETWORK', 'late') })).toBe(false)
      expect(await f.engine.handBack(stale)).toBe(false)
      const beat = await f.engine.heartbeat({
        workerId: 'wrk_test',
        steps: [stale, { stepId: fresh.id, fence: fresh.fence }].map((step) => ({
          id: step.stepId,
          fence: step.fence,
          progress: { ratio: 0.5 },
        })),
      })
      expect(beat).toEqual([old.id])
      expect(await f.engine.complete({ stepId: fresh.id, fence: fresh.fence, output: 'new' })).toBe(true)
    })

    it('retries a transient failure after its back-off, then fails', async () => {
      const f = fixture()
      const runId = await f.start(planOf((p) => void p.step(stage('flaky', { retries: 2 }), {})))
      for (const [attempt, waitMs] of [
        [1, 1_500],
        [2, 15_000],
      ] as const) {
        const { id, fence } = await claimStep(f, runId, 'flaky')
        const before = Date.now()
        await f.engine.fail({ stepId: id, fence, error: new AppError('NETWORK', 'away') })
        const step = (await f.steps(runId))['flaky']
        expect(step).toMatchObject({ status: 'ready', attempt, error: { code: 'NETWORK' } })
        expect((step?.availableAt.getTime() ?? 0) - before).toBeGreaterThanOrEqual(waitMs - 50)
        expect((step?.availableAt.getTime() ?? 0) - before).toBeLessThan(waitMs + 1_000)
        await expect(claimStep(f, runId, 'flaky')).rejects.toThrow('not to be had')
        await f.database.pool.query('update step set available_at = now() where id = $1', [id])
      }
      const { id, fence } = await claimStep(f, runId, 'flaky')
      await f.engine.fail({ stepId: id, fence, error: new AppError('NETWORK', 'away') })
      expect((await f.steps(runId))['flaky']).toMatchObject({ status: 'failed', attempt: 2 })
      expect(await f.runStatus(runId)).toBe('failed')
    })

    it('honours Retry-After', async () => {
      const f = fixture()
      const runId = await f.start(planOf((p) => void p.step(stage('busy'), {})))
      const { id, fence } = await claimStep(f, runId, 'busy')
      const before = Date.now()
      await f.engine.fail({ stepId: id, fence, error: new AppError('PROVIDER_BUSY', '429', { retryAfterMs: 7_000 }) })
      const waited = ((await f.steps(runId))['busy']?.availableAt.getTime() ?? 0) - before
      expect(waited).toBeGreaterThanOrEqual(300)
      expect(waited).toBeLessThan(1_400)
    })

    it('probes an infrastructure failure every minute without consuming a retry', async () => {
      const f = fixture()
      const runId = await f.start(planOf((p) => void p.step(stage('disk', { retries: 0 }), {})))
      for (let probe = 0; probe < 5; probe++) {
        const { id, fence } = await claimStep(f, runId, 'disk')
        await f.engine.fail({ stepId: id, fence, error: new AppError('DISK_FULL', 'full') })
        const step = (await f.steps(runId))['disk']
        expect(step).toMatchObject({ status: 'ready', attempt: 0 })
        expect((step?.availableAt.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(3_000)
        await f.database.pool.query('update step set available_at = now() where id = $1', [id])
      }
    })

    it('gives a doubtful result to a person even where review is off', async () => {
      const f = fixture()
      const runId = await f.start(
        planOf((p) => {
          const made = p.step(stage('make'), {})
          p.checkpoint('look', { review: made.review, auto: true })
        }),
      )
      const { id, fence } = await claimStep(f, runId, 'make')
      const error = new AppError('LOW_QUALITY', 'hm', { data: { output: { review: 'R' }, confidence: 0.2 } })
      await f.engine.fail({ stepId: id, fence, error })
      const steps = await f.steps(runId)
      expect(steps['make']).toMatchObject({
        status: 'done',
        output: { review: 'R' },
        error: { code: 'LOW_QUALITY', data: { confidence: 0.2 } },
      })
      expect(steps['look']).toMatchObject({ status: 'waiting_person', subject: 'R' })
    })
  })

  describe('a dead worker', () => {
    it('loses its step after its heartbeat is gone; the third crash sets it aside', async () => {
      const f = fixture()
      const runId = await f.start(planOf((p) => void p.step(stage('crashy'), {})))
      for (const crashes of [1, 2]) {
        await claimStep(f, runId, 'crashy', 'wrk_dies')
        await f.engine.reconcile()
        expect((await f.steps(runId))['crashy']).toMatchObject({ status: 'running', crashes: crashes - 1 })
        await silence(f, runId)
        await f.engine.reconcile()
        expect((await f.steps(runId))['crashy']).toMatchObject({ status: 'ready', crashes, attempt: 0 })
      }
      await claimStep(f, runId, 'crashy', 'wrk_dies')
      await silence(f, runId)
      await f.engine.reconcile()
      expect((await f.steps(runId))['crashy']).toMatchObject({ status: 'failed', error: { code: 'CRASHED' } })
      expect(await ended(f, runId)).toBe('failed')
    })

    it('is not taken for dead while it beats', async () => {
      const f = fixture()
      const runId = await f.start(planOf((p) => void p.step(stage('slow'), {})))
      const { id, fence } = await claimStep(f, runId, 'slow')
      await silence(f, runId)
      expect(
        await f.engine.heartbeat({ workerId: 'wrk_test', steps: [{ id, fence, progress: { ratio: 0.3 } }] }),
      ).toEqual([])
      await f.engine.reconcile()
      expect(await f.engine.complete({ stepId: id, fence, output: 1 })).toBe(true)
    })

    it('that comes back late cannot commit', async () => {
      const f = fixture()
      const runId = await f.start(chain)
      const late = await claimStep(f, runId, 'one')
      await silence(f, runId)
      await f.engine.reconcile()
      const next = await claimStep(f, runId, 'one', 'wrk_other')
      expect(await f.engine.complete({ stepId: late.id, fence: late.fence, output: 'late' })).toBe(false)
      expect(await f.engine.complete({ stepId: next.id, fence: next.fence, output: { value: 'good' } })).toBe(true)
      expect((await claimStep(f, runId, 'two')).input).toEqual({ from: 'good' })
    })
  })

  it('moves a run on whose process died between a step and what follows', async () => {
    const f = fixture()
    const runId = await f.start(
      planOf((p) => {
        const made = p.step(stage('make'), {})
        p.checkpoint('look', { review: made.review, auto: false })
      }),
    )
    // what complete() leaves when nothing can run after its statement
    await f.database.pool.query(
      `update step set status = 'done', output = '{"review": "R"}' where run_id = $1 and node = 'make'`,
      [runId],
    )
    await f.database.pool.query(`update step set needs = 0 where run_id = $1 and node = 'look'`, [runId])
    await f.engine.reconcile()
    expect((await f.steps(runId))['look']).toMatchObject({ status: 'waiting_person', subject: 'R' })
    expect(
      await until(
        () => f.runStatus(runId),
        (status) => status === 'waiting',
      ),
    ).toBe('waiting')
  })
}

/** The worker's last beat was long ago. */
async function silence(f: EngineFixture, runId: string): Promise<void> {
  await f.database.pool.query(
    `update step set heartbeat_at = now() - interval '1 hour' where run_id = $1 and status = 'running'`,
    [runId],
  )
}
