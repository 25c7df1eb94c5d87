import { expect, it } from 'vitest'
import { cueList } from '#domain/cue.ts'
import { formatJson } from '#domain/subtitles/json.ts'
import { testBench } from '#test/builders/bench-folder.ts'
import { translateStage } from './run.ts'

type Bench = Awaited<ReturnType<typeof testBench>>

async function cuesOf(bench: Bench, ...texts: string[]) {
  const { artifacts } = await bench.context()
  const cues = texts.map((text, index) => ({ startMs: index * 3000, endMs: index * 3000 + 2000, text }))
  return artifacts.saveText({ text: formatJson({ language: 'en', cues }), kind: 'cues', mime: 'application/json', name: 'cues.json' })
}

async function textsOf(bench: Bench, ref: Parameters<Bench['text']>[0]) {
  return cueList.parse(JSON.parse(await bench.text(ref))).cues.map((cue) => cue.text)
}

it('translates offline as a draft, also where two pairs are chained, and shows both sides', async () => {
  const bench = await testBench()
  const cues = await cuesOf(bench, 'The house is red.', 'Good morning.')
  for (const to of ['es', 'pt-BR']) {
    const { cues: made, review } = await bench.run(translateStage, { cues, from: 'en', to, durationMs: 6000 })
    expect((await textsOf(bench, made)).join(' ')).toMatch(to === 'es' ? /casa.*roja/iu : /casa.*vermelha/iu)
    expect(review).toMatchObject({ target: to, draft: true, lines: 2, flaggedCount: 0, providers: [{ capability: 'translation', provider: 'apertium' }] })
    expect(review.firstLines.map((line) => line.source)).toEqual(['The house is red.', 'Good morning.'])
    expect(review.subtitles?.name).toBe(`translation.${to}.srt`)
  }
}, 60_000)

it('takes a text over as it is where the language stays', async () => {
  const bench = await testBench()
  const { cues, review } = await bench.run(translateStage, { cues: await cuesOf(bench, 'Colour.'), from: 'en-GB', to: 'en-US', durationMs: 3000 })
  expect(await textsOf(bench, cues)).toEqual(['Colour.'])
  expect(review).toMatchObject({ draft: false, providers: [] })
  expect(bench.calls).toEqual([])
})

it('says so when nobody translates between two languages', async () => {
  const bench = await testBench()
  const cues = await cuesOf(bench, 'Hello.')
  await expect(bench.run(translateStage, { cues, from: 'en', to: 'ja', durationMs: 3000 })).rejects.toMatchObject({
    code: 'NO_TRANSLATOR',
    data: { from: 'en', to: 'ja' },
  })
})
