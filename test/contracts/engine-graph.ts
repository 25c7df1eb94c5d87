import { describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import { claimStep, finishStep, planOf, stage, type EngineFixture } from './engine-fixture.ts'

const languages = ['es', 'pt-BR', 'fr']

const fan = planOf((p) => {
  const source = p.step(stage('source'), {})
  let branch = source
  p.each(
    languages,
    (language) => language,
    (language) => {
      const text = p.step(stage('text'), { source: source.text, language })
      branch = p.step(stage('sound'), { text: text.out, source: source.text })
    },
  )
  p.step(stage('join'), { all: p.all(branch), text: source.text }, { settles: true })
})

const chapters = planOf((p) => {
  const source = p.step(stage('source'), {})
  let cut = source
  p.each(source.chapters, 'id', (chapter) => {
    const make = p.step(stage('make'), { id: chapter.id, from: chapter.from, title: source.title })
    cut = p.step(stage('cut'), { made: make.out })
  })
  p.step(stage('join'), { cuts: p.all(cut) }, { settles: true })
})

async function fail(f: EngineFixture, runId: string, name: string): Promise<void> {
  const { id, fence } = await claimStep(f, runId, name)
  await f.engine.fail({ stepId: id, fence, error: new AppError('NOT_MEDIA', 'broken') })
}

/** Fan-outs and joins: what is done when, and with which input. */
export function engineGraph(fixture: () => EngineFixture): void {
  describe('a static fan-out', () => {
    it('runs its branches apart, each with its own input, and joins them in order', async () => {
      const f = fixture()
      const runId = await f.start(fan)
      await finishStep(f, runId, 'source', { text: 'hello' })
      expect((await claimStep(f, runId, 'text:pt-BR')).input).toEqual({ source: 'hello', language: 'pt-BR' })
      await finishStep(f, runId, 'text:es', { out: 'hola' })
      expect((await f.steps(runId))['sound:es']).toMatchObject({ status: 'ready' })
      expect((await f.steps(runId))['sound:fr']).toMatchObject({ status: 'waiting' })
      expect((await claimStep(f, runId, 'sound:es')).input).toEqual({ text: 'hola', source: 'hello' })
    })

    it('settles: a join runs without the branch that failed', async () => {
      const f = fixture()
      const runId = await f.start(fan)
      await finishStep(f, runId, 'source', { text: 'hello' })
      await fail(f, runId, 'text:pt-BR')
      expect((await f.steps(runId))['sound:pt-BR']).toMatchObject({ status: 'skipped' })
      for (const language of ['es', 'fr']) {
        await finishStep(f, runId, `text:${language}`, { out: language })
        await finishStep(f, runId, `sound:${language}`, { file: language })
      }
      expect((await claimStep(f, runId, 'join')).input).toEqual({
        all: [{ file: 'es' }, null, { file: 'fr' }],
        text: 'hello',
      })
      const { id, fence } = (await reclaim(f, runId)).join
      await f.engine.complete({ stepId: id, fence, output: 'joined' })
      expect(await f.runStatus(runId)).toBe('done_with_failures')
    })

    it('fails when nothing of it could be done', async () => {
      const f = fixture()
      const runId = await f.start(fan)
      await fail(f, runId, 'source')
      const steps = await f.steps(runId)
      expect(steps['sound:fr']).toMatchObject({ status: 'skipped' })
      // the join settles over branches, not over the source that it also reads itself
      expect(steps['join']).toMatchObject({ status: 'ready' })
      await finishStep(f, runId, 'join')
      expect(await f.runStatus(runId)).toBe('done_with_failures')
    })

    it('joins exactly once when all branches end at the same moment', async () => {
      const f = fixture()
      const keys = Array.from({ length: 40 }, (_, index) => `k${index}`)
      const runId = await f.start(
        planOf((p) => {
          let branch = p.step(stage('source'), {})
          p.each(
            keys,
            (key) => key,
            (key) => void (branch = p.step(stage('part'), { key })),
          )
          p.step(stage('join'), { all: p.all(branch) })
        }),
      )
      const held = await Promise.all(keys.map((key) => claimStep(f, runId, `part:${key}`)))
      const ends = await Promise.all(
        held.map(({ id, fence, fanKey }) => f.engine.complete({ stepId: id, fence, output: fanKey })),
      )
      expect(ends.every(Boolean)).toBe(true)
      expect((await f.steps(runId))['join']).toMatchObject({ status: 'ready', needs: 0 })
      expect((await claimStep(f, runId, 'join')).input).toEqual({ all: keys })
    })
  })

  describe('a fan-out over what a step made', () => {
    const made = {
      title: 'T',
      chapters: [
        { id: 'b', from: 9 },
        { id: 'a', from: 3 },
      ],
    }

    it('makes its branches when the list is known, and joins them in the list’s order', async () => {
      const f = fixture()
      const runId = await f.start(chapters)
      expect(Object.keys(await f.steps(runId))).not.toContain('make:a')
      await finishStep(f, runId, 'source', made)
      expect((await claimStep(f, runId, 'make:b')).input).toEqual({ id: 'b', from: 9, title: 'T' })
      await finishStep(f, runId, 'make:a', { out: 'A' })
      expect((await claimStep(f, runId, 'cut:a')).input).toEqual({ made: 'A' })
      expect((await f.steps(runId))['join']).toMatchObject({ status: 'waiting', needs: 2 })
      await releaseAll(f, runId)
      await finishStep(f, runId, 'make:b', { out: 'B' })
      await finishStep(f, runId, 'cut:a', 1)
      await finishStep(f, runId, 'cut:b', 2)
      expect((await claimStep(f, runId, 'join')).input).toEqual({ cuts: [2, 1] })
    })

    it('joins at once over an empty list', async () => {
      const f = fixture()
      const runId = await f.start(chapters)
      await finishStep(f, runId, 'source', { title: 'T', chapters: [] })
      expect((await claimStep(f, runId, 'join')).input).toEqual({ cuts: [] })
    })

    it('shows what is wrong with a list that is none, or whose keys are not unique', async () => {
      const f = fixture()
      for (const list of [undefined, [{ id: 'a' }, { id: 'a' }], [{ from: 1 }]]) {
        const runId = await f.start(chapters)
        await finishStep(f, runId, 'source', { title: 'T', chapters: list })
        const steps = await f.steps(runId)
        expect(steps['each:source.chapters:id']).toMatchObject({ status: 'failed', error: { code: 'INTERNAL' } })
        expect((await claimStep(f, runId, 'join')).input).toEqual({ cuts: [] })
      }
    })

    it('is made anew when what it runs over is redone', async () => {
      const f = fixture()
      const runId = await f.start(chapters)
      await finishStep(f, runId, 'source', made)
      await finishStep(f, runId, 'make:a', { out: 'A' })
      const { scope, memberId } = f.tenant
      await f.engine.redo({ scope, runId, node: 'source', fanKey: '', memberId })
      expect((await f.steps(runId))['make:a']).toMatchObject({ status: 'superseded' })
      await finishStep(f, runId, 'source', {
        title: 'U',
        chapters: [
          { id: 'a', from: 1 },
          { id: 'c', from: 2 },
        ],
      })
      const steps = await f.steps(runId)
      expect(steps['make:a']).toMatchObject({ status: 'ready', generation: 2 })
      expect(steps['make:c']).toMatchObject({ status: 'ready', generation: 1 })
      expect(steps['make:b']).toMatchObject({ status: 'superseded' })
      for (const key of ['a', 'c']) {
        await finishStep(f, runId, `make:${key}`, { out: key })
        await finishStep(f, runId, `cut:${key}`, key)
      }
      expect((await claimStep(f, runId, 'join')).input).toEqual({ cuts: ['a', 'c'] })
    })
  })
}

async function releaseAll(f: EngineFixture, runId: string): Promise<void> {
  const held = await f.database.pool.query<{ id: string; fence: string }>(
    `select id, fence::text from step where run_id = $1 and status = 'running'`,
    [runId],
  )
  for (const { id, fence } of held.rows) await f.engine.handBack({ stepId: id, fence: BigInt(fence) })
}

async function reclaim(f: EngineFixture, runId: string) {
  await releaseAll(f, runId)
  return { join: await claimStep(f, runId, 'join') }
}
