import { describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import { claimStep, finishStep, planOf, stage, type EngineFixture } from './engine-fixture.ts'

/** source → per language: text → ✋ look → sound; a join that settles */
const reviewed = planOf((p) => {
  const source = p.step(stage('source'), {})
  let sound = source
  p.each(
    ['es', 'fr'],
    (language) => language,
    (language) => {
      const text = p.step(stage('text'), { source: source.text, language })
      const ok = p.checkpoint('look', {
        review: text.review,
        auto: false,
        redo: { node: 'text', capability: 'translation' },
      })
      sound = p.step(stage('sound'), { cues: ok.cues })
    },
  )
  p.step(stage('join'), { sounds: p.all(sound) }, { settles: true })
})

async function atLook(f: EngineFixture): Promise<string> {
  const runId = await f.start(reviewed)
  await finishStep(f, runId, 'source', { text: 'hello' })
  for (const language of ['es', 'fr'])
    await finishStep(f, runId, `text:${language}`, { review: { cues: `${language} 1` } })
  return runId
}

async function approve(f: EngineFixture, runId: string, name: string, output: unknown): Promise<void> {
  const { scope, memberId } = f.tenant
  const { id = '', revision = 0 } = (await f.steps(runId))[name] ?? {}
  await f.engine.approve({ scope, stepId: id, revision, memberId, output })
}

/** What people do to a run. */
export function enginePeople(fixture: () => EngineFixture): void {
  describe('a checkpoint', () => {
    it('waits with what is to be judged, the run with it; what was approved goes on', async () => {
      const f = fixture()
      const runId = await atLook(f)
      expect((await f.steps(runId))['look:es']).toMatchObject({ status: 'waiting_person', subject: { cues: 'es 1' } })
      expect(await f.runStatus(runId)).toBe('waiting')
      await approve(f, runId, 'look:es', { cues: 'es edited' })
      expect(await f.runStatus(runId)).toBe('active')
      expect((await claimStep(f, runId, 'sound:es')).input).toEqual({ cues: 'es edited' })
    })

    it('is passed at once where review is off', async () => {
      const f = fixture()
      const runId = await f.start(
        planOf((p) => {
          const made = p.step(stage('make'), {})
          const ok = p.checkpoint('look', { review: made.review, auto: true })
          p.step(stage('end'), { cues: ok.cues })
        }),
      )
      await finishStep(f, runId, 'make', { review: { cues: 7 } })
      expect((await f.steps(runId))['look']).toMatchObject({ status: 'done', output: { cues: 7 } })
      expect((await claimStep(f, runId, 'end')).input).toEqual({ cues: 7 })
    })

    it('has one effect when two people decide at once, and says who was first', async () => {
      const f = fixture()
      const runId = await atLook(f)
      const { scope, memberId } = f.tenant
      const { id = '', revision = 0 } = (await f.steps(runId))['look:es'] ?? {}
      const decide = { scope, stepId: id, revision, memberId }
      const answers = await Promise.allSettled([
        f.engine.approve({ ...decide, output: 'a' }),
        f.engine.approve({ ...decide, output: 'b' }),
        f.engine.reject(decide),
      ])
      expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
      await expect(f.engine.reject(decide)).rejects.toMatchObject({
        code: 'ALREADY_DECIDED',
        data: { memberId, by: 'crew-member' },
      })
    })

    it('refuses what was decided on an older revision, and strangers', async () => {
      const f = fixture()
      const runId = await atLook(f)
      const { scope, memberId } = f.tenant
      const { id = '' } = (await f.steps(runId))['look:es'] ?? {}
      await f.database.pool.query('update step set revision = 2 where id = $1', [id])
      const old = { scope, stepId: id, revision: 1, memberId, output: 'x' }
      await expect(f.engine.approve(old)).rejects.toMatchObject({ code: 'STALE' })
      await expect(f.engine.reject(old)).rejects.toMatchObject({ code: 'STALE' })
      const other = (await f.newTenant('others')).scope
      await expect(f.engine.approve({ ...old, scope: other, revision: 2 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(f.engine.reject({ ...old, scope: other, revision: 2 })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      for (const act of ['pause', 'resume', 'cancel'] as const) {
        await expect(f.engine[act]({ scope: other, runId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      }
      await expect(f.engine.redo({ scope: other, runId, node: 'text', fanKey: 'es', memberId })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
      await expect(f.engine.retry({ scope: other, stepId: id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      expect((await f.steps(runId))['look:es']).toMatchObject({ status: 'waiting_person', revision: 2 })
    })

    it('rejected ends its branch; the others finish', async () => {
      const f = fixture()
      const runId = await atLook(f)
      const { scope, memberId } = f.tenant
      const { id = '', revision = 0 } = (await f.steps(runId))['look:es'] ?? {}
      await f.engine.reject({ scope, stepId: id, revision, memberId })
      expect((await f.steps(runId))['sound:es']).toMatchObject({ status: 'skipped' })
      await approve(f, runId, 'look:fr', { cues: 'fr' })
      await finishStep(f, runId, 'sound:fr', 'FR')
      expect((await claimStep(f, runId, 'join')).input).toEqual({ sounds: [null, 'FR'] })
    })
  })

  describe('pause, resume and cancel', () => {
    it('pause is immediate: nothing more is claimed, running steps go back', async () => {
      const f = fixture()
      const runId = await f.start(reviewed)
      await finishStep(f, runId, 'source', { text: 'hello' })
      const held = await claimStep(f, runId, 'text:es')
      const ready = (await f.steps(runId))['text:fr']
      const { scope } = f.tenant
      await f.engine.pause({ scope, runId })
      expect(await f.runStatus(runId)).toBe('paused')
      expect(
        await f.engine.claim({ stepId: ready?.id ?? '', dispatch: ready?.dispatch ?? 0, workerId: 'wrk_test' }),
      ).toBeNull()
      expect(await f.engine.heartbeat({ workerId: 'wrk_test', steps: [{ id: held.id, fence: held.fence }] })).toEqual([
        held.id,
      ])
      expect(await f.engine.complete({ stepId: held.id, fence: held.fence, output: 'late' })).toBe(false)
      await f.engine.reconcile()
      expect((await f.steps(runId))['text:fr']).toMatchObject({ status: 'waiting' })
      await f.engine.resume({ scope, runId })
      expect((await f.steps(runId))['text:es']).toMatchObject({ status: 'ready', attempt: 0 })
      await finishStep(f, runId, 'text:es', { review: 1 })
      expect((await f.steps(runId))['look:es']).toMatchObject({ status: 'waiting_person' })
    })

    it('what is approved while paused goes on after resume', async () => {
      const f = fixture()
      const runId = await atLook(f)
      const { scope } = f.tenant
      await f.engine.pause({ scope, runId })
      await approve(f, runId, 'look:es', { cues: 'x' })
      expect(await f.runStatus(runId)).toBe('paused')
      await expect(claimStep(f, runId, 'sound:es')).rejects.toThrow('not to be had')
      await f.engine.resume({ scope, runId })
      expect((await claimStep(f, runId, 'sound:es')).input).toEqual({ cues: 'x' })
    })

    it('cancel ends everything, twice is one effect, and nothing comes after', async () => {
      const f = fixture()
      const runId = await f.start(reviewed)
      await finishStep(f, runId, 'source', { text: 'hello' })
      const held = await claimStep(f, runId, 'text:es')
      const { scope } = f.tenant
      await f.engine.cancel({ scope, runId })
      await f.engine.cancel({ scope, runId })
      expect(await f.engine.complete({ stepId: held.id, fence: held.fence, output: 'late' })).toBe(false)
      const steps = Object.values(await f.steps(runId)).filter((step) => step.node !== 'source')
      expect(new Set(steps.map((step) => step.status))).toEqual(new Set(['cancelled']))
      await f.engine.reconcile()
      expect(await f.runStatus(runId)).toBe('cancelled')
      await expect(f.engine.resume({ scope, runId })).rejects.toMatchObject({ code: 'STALE' })
    })
  })

  describe('redo', () => {
    it('makes a new generation of a node and all after it, with changed input; older attempts are fenced off', async () => {
      const f = fixture()
      const runId = await atLook(f)
      await approve(f, runId, 'look:es', { cues: 'es 1' })
      const held = await claimStep(f, runId, 'sound:es')
      const { scope, memberId } = f.tenant
      await f.engine.redo({ scope, runId, node: 'text', fanKey: 'es', memberId, overrides: { provider: 'other' } })
      expect(await f.engine.heartbeat({ workerId: 'wrk_test', steps: [{ id: held.id, fence: held.fence }] })).toEqual([
        held.id,
      ])
      expect(await f.engine.complete({ stepId: held.id, fence: held.fence, output: 'stale' })).toBe(false)
      const again = await claimStep(f, runId, 'text:es')
      expect(again).toMatchObject({ redo: 1, input: { source: 'hello', language: 'es', provider: 'other' } })
      await f.engine.complete({ stepId: again.id, fence: again.fence, output: { review: { cues: 'es 2' } } })
      const steps = await f.steps(runId)
      expect(steps['look:es']).toMatchObject({
        generation: 2,
        revision: 2,
        status: 'waiting_person',
        subject: { cues: 'es 2' },
      })
      expect(steps['sound:es']).toMatchObject({ generation: 2, status: 'waiting' })
      expect(steps['look:fr']).toMatchObject({ generation: 1, status: 'waiting_person' })
      expect(steps['join']).toMatchObject({ generation: 2, status: 'waiting', needs: 2 })
    })

    it('loses no dependency to a step that completes at the same time', async () => {
      const f = fixture()
      const { scope, memberId } = f.tenant
      for (let round = 0; round < 15; round++) {
        const runId = await f.start(reviewed)
        await finishStep(f, runId, 'source', { text: 'hello' })
        const held = await claimStep(f, runId, 'text:es')
        await Promise.all([
          f.engine.complete({ stepId: held.id, fence: held.fence, output: { review: 1 } }),
          f.engine.redo({ scope, runId, node: 'look', fanKey: 'es', memberId }),
        ])
        expect((await f.steps(runId))['look:es']).toMatchObject({ status: 'waiting_person', generation: 2, needs: 0 })
      }
    })

    it('with an output is done at once: a checkpoint edited after approval', async () => {
      const f = fixture()
      const runId = await atLook(f)
      await approve(f, runId, 'look:es', { cues: 'es 1' })
      await finishStep(f, runId, 'sound:es', 'ES')
      const { scope, memberId } = f.tenant
      await f.engine.redo({ scope, runId, node: 'look', fanKey: 'es', memberId, output: { cues: 'es 2' } })
      expect((await f.steps(runId))['look:es']).toMatchObject({
        status: 'done',
        generation: 2,
        output: { cues: 'es 2' },
      })
      expect((await claimStep(f, runId, 'sound:es')).input).toEqual({ cues: 'es 2' })
    })

    it('on a finished project makes the next run, seeded from its results', async () => {
      const f = fixture()
      const runId = await atLook(f)
      const { scope, memberId } = f.tenant
      await approve(f, runId, 'look:es', { cues: 'es 1' })
      const { id = '', revision = 0 } = (await f.steps(runId))['look:fr'] ?? {}
      await f.engine.reject({ scope, stepId: id, revision, memberId })
      await finishStep(f, runId, 'sound:es', 'ES')
      await finishStep(f, runId, 'join', 'J')
      expect(await f.runStatus(runId)).toBe('done_with_failures')
      const next = await f.engine.redo({ scope, runId, node: 'look', fanKey: 'es', memberId, output: { cues: 'es 2' } })
      expect(next.runId).not.toBe(runId)
      const steps = await f.steps(next.runId)
      expect(steps['source']).toMatchObject({ status: 'done', reused: true, output: { text: 'hello' } })
      expect(steps['look:fr']).toMatchObject({ status: 'cancelled' })
      expect((await claimStep(f, next.runId, 'sound:es')).input).toEqual({ cues: 'es 2' })
      await f.engine.handBack(await holdOf(f, next.runId))
      await finishStep(f, next.runId, 'sound:es', 'ES 2')
      expect((await claimStep(f, next.runId, 'join')).input).toEqual({ sounds: ['ES 2', null] })
      expect(await f.runStatus(runId)).toBe('done_with_failures')
    })

    it('of a rejected or failed branch runs it again', async () => {
      const f = fixture()
      const runId = await atLook(f)
      const { scope, memberId } = f.tenant
      for (const language of ['es', 'fr']) {
        const { id = '', revision = 0 } = (await f.steps(runId))[`look:${language}`] ?? {}
        await f.engine.reject({ scope, stepId: id, revision, memberId })
      }
      await finishStep(f, runId, 'join')
      const next = await f.engine.redo({ scope, runId, node: 'sound', fanKey: 'es', memberId })
      expect((await f.steps(next.runId))['look:es']).toMatchObject({
        status: 'waiting_person',
        subject: { cues: 'es 1' },
      })
    })
  })

  describe('a run started from an earlier one', () => {
    it('carries over what is the same and runs what failed or is new', async () => {
      const f = fixture()
      const runId = await atLook(f)
      await approve(f, runId, 'look:es', { cues: 'es 1' })
      const { id, fence } = await claimStep(f, runId, 'sound:es')
      await f.engine.fail({ stepId: id, fence, error: new AppError('NO_VOICE', 'none') })
      const { scope } = f.tenant
      const project = await f.database.pool.query<{ id: string }>('select project_id as id from run where id = $1', [
        runId,
      ])
      const projectId = project.rows[0]?.id ?? ''
      const next = await f.engine.startRun({ scope, projectId, plan: reviewed, priority: 2, seedFromRunId: runId })
      const steps = await f.steps(next.runId)
      expect(steps['look:es']).toMatchObject({ status: 'done', reused: true })
      expect(steps['sound:es']).toMatchObject({ status: 'ready' })
      expect(steps['look:fr']).toMatchObject({ status: 'waiting_person' })
    })
  })

  describe('retry', () => {
    it('runs a failed step again with changed input, and what was skipped because of it', async () => {
      const f = fixture()
      const runId = await atLook(f)
      const { scope } = f.tenant
      for (const language of ['es', 'fr']) await approve(f, runId, `look:${language}`, { cues: language })
      const { id, fence } = await claimStep(f, runId, 'sound:es')
      await f.engine.fail({ stepId: id, fence, error: new AppError('NO_VOICE', 'none') })
      await finishStep(f, runId, 'sound:fr', 'FR')
      await finishStep(f, runId, 'join', 'without es')
      expect(await f.runStatus(runId)).toBe('done_with_failures')
      await f.engine.retry({ scope, stepId: id, overrides: { voice: 'v' } })
      expect(await f.runStatus(runId)).toBe('active')
      const again = await claimStep(f, runId, 'sound:es')
      expect(again).toMatchObject({ id, attempt: 0, input: { cues: 'es', voice: 'v' } })
      await f.engine.complete({ stepId: id, fence: again.fence, output: 'ES' })
      expect((await claimStep(f, runId, 'join')).input).toEqual({ sounds: ['ES', 'FR'] })
      await expect(f.engine.retry({ scope, stepId: id })).rejects.toMatchObject({ code: 'STALE' })
    })

    it('wakes what waited behind a failure', async () => {
      const f = fixture()
      const runId = await f.start(reviewed)
      const { scope } = f.tenant
      const { id, fence } = await claimStep(f, runId, 'source')
      await f.engine.fail({ stepId: id, fence, error: new AppError('DEAD_URL', 'gone') })
      expect((await f.steps(runId))['look:es']).toMatchObject({ status: 'skipped' })
      await f.engine.retry({ scope, stepId: id })
      expect((await f.steps(runId))['look:es']).toMatchObject({ status: 'waiting', needs: 1 })
      await finishStep(f, runId, 'source', { text: 't' })
      expect((await f.steps(runId))['text:es']).toMatchObject({ status: 'ready' })
    })
  })
}

async function holdOf(f: EngineFixture, runId: string): Promise<{ stepId: string; fence: bigint }> {
  const found = await f.database.pool.query<{ id: string; fence: string }>(
    `select id, fence::text from step where run_id = $1 and status = 'running'`,
    [runId],
  )
  return { stepId: found.rows[0]?.id ?? '', fence: BigInt(found.rows[0]?.fence ?? 0) }
}
