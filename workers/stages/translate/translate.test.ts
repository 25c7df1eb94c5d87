import { expect, it } from 'vitest'
import { cueList } from '#domain/cue.ts'
import { formatJson } from '#domain/subtitles/json.ts'
import { testBench } from '#test/builders/bench-folder.ts'
import { modelBench } from '#test/builders/model-bench.ts'
import { translateStage } from './run.ts'

type Bench = Awaited<ReturnType<typeof testBench>>

async function cuesOf(bench: Bench, ...texts: string[]) {
  const { artifacts } = await bench.context()
  const cues = texts.map((text, index) => ({ startMs: index * 3000, endMs: index * 3000 + 2000, text }))
  return artifacts.saveText({
    text: formatJson({ language: 'en', cues }),
    kind: 'cues',
    mime: 'application/json',
    name: 'cues.json',
  })
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
    expect(review).toMatchObject({
      target: to,
      draft: true,
      lines: 2,
      flaggedCount: 0,
      providers: [{ capability: 'translation', provider: 'apertium' }],
    })
    expect(review.firstLines.map((line) => line.source)).toEqual(['The house is red.', 'Good morning.'])
    expect(review.subtitles?.name).toBe(`translation.${to}.srt`)
  }
}, 60_000)

it('takes a text over as it is where the language stays', async () => {
  const bench = await testBench()
  const { cues, review } = await bench.run(translateStage, {
    cues: await cuesOf(bench, 'Colour.'),
    from: 'en-GB',
    to: 'en-US',
    durationMs: 3000,
  })
  expect(await textsOf(bench, cues)).toEqual(['Colour.'])
  expect(review).toMatchObject({ draft: false, providers: [] })
  expect(bench.calls).toEqual([])
})

it('keeps to the glossary offline too, also where two pairs are chained', async () => {
  const bench = await testBench()
  const cues = await cuesOf(bench, 'The take is red.', 'Dailies are good, and the house is red.')
  for (const to of ['es', 'pt-BR']) {
    const { cues: made, review } = await bench.run(translateStage, {
      ...{ cues, from: 'en', to, durationMs: 6000 },
      glossary: { take: 'claqueta', dailies: 'dailies' },
    })
    const [first, second] = await textsOf(bench, made)
    expect(first).toMatch(/claqueta.*(?:roj|vermelh)/iu)
    expect(second).toMatch(/^Dailies .*casa/u)
    expect(review.flaggedCount).toBe(0)
  }
}, 60_000)

it('says so when nobody translates between two languages', async () => {
  const bench = await testBench()
  const cues = await cuesOf(bench, 'Hello.')
  await expect(bench.run(translateStage, { cues, from: 'en', to: 'ja', durationMs: 3000 })).rejects.toMatchObject({
    code: 'NO_TRANSLATOR',
    data: { from: 'en', to: 'ja' },
  })
})

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `Line ${index + 1} of the film.`)

it('gives a language model the whole text with every batch, a length for every line and the glossary', async () => {
  const bench = await modelBench(({ text }) => text.replace('Line', 'Frase').replace('of the film', 'de la película'))
  const { cues, review } = await bench.run(translateStage, {
    cues: await cuesOf(bench, ...numbered(60)),
    from: 'en',
    to: 'es',
    title: 'A film',
    durationMs: 180_000,
    glossary: { film: 'película' },
  })
  expect(await textsOf(bench, cues)).toEqual(
    Array.from({ length: 60 }, (_, index) => `Frase ${index + 1} de la película.`),
  )
  expect(review).toMatchObject({
    draft: false,
    flaggedCount: 0,
    providers: [{ capability: 'translation', provider: 'openai', model: 'gpt-5.6-terra' }],
  })
  expect(bench.asked).toHaveLength(3)
  for (const request of bench.asked) {
    expect(request.document).toContain('1. Line 1 of the film.')
    expect(request.document).toContain('60. Line 60 of the film.')
    expect(request.glossary).toEqual({ film: 'película' })
    expect(request.lines.every((line) => line.maxCharacters === 45)).toBe(true)
  }
  expect(bench.model.violations).toEqual([])
})

it('tries a line that failed again alone, then flags it and keeps its source text', async () => {
  const bench = await modelBench(({ text }) => (text.includes('7 ') ? undefined : `ES ${text}`))
  const { cues, review } = await bench.run(translateStage, {
    cues: await cuesOf(bench, ...numbered(10)),
    from: 'en',
    to: 'es',
    durationMs: 30_000,
  })
  const texts = await textsOf(bench, cues)
  expect(texts[6]).toBe('Line 7 of the film.')
  expect(texts.filter((text) => text.startsWith('ES '))).toHaveLength(9)
  expect(review.flagged).toEqual([{ line: 7, flag: 'untranslated', text: 'Line 7 of the film.' }])
  expect(bench.asked.at(-1)?.lines.map((line) => line.line)).toEqual([7])
})

it('halves a batch that a model refuses, so that the rest gets through', async () => {
  const bench = await modelBench(({ text }) => `ES ${text}`)
  bench.model.fail({ kind: 'refusal' })
  const { review } = await bench.run(translateStage, {
    cues: await cuesOf(bench, ...numbered(8)),
    from: 'en',
    to: 'es',
    durationMs: 30_000,
  })
  expect(review).toMatchObject({ flaggedCount: 0, draft: false })
  expect(bench.asked.slice(-2).map((request) => request.lines.length)).toEqual([4, 4])
})

it('does not blame lines for a key that is not accepted', async () => {
  const bench = await modelBench(({ text }) => text)
  bench.model.fail({ kind: 'key' })
  const cues = await cuesOf(bench, 'Hello.')
  await expect(
    bench.run(translateStage, { cues, from: 'en', to: 'es', durationMs: 3000, provider: 'openai' }),
  ).rejects.toMatchObject({ code: 'PROVIDER_KEY' })
})

it('gives a draft by machine at once when the model cannot, unless the model was asked for by name', async () => {
  for (const fault of [{ kind: 'key' }, { kind: 'busy', retryAfterSeconds: 600 }, { kind: 'down' }] as const) {
    const bench = await modelBench(({ text }) => text)
    bench.model.fail(...Array.from({ length: 20 }, () => fault))
    const cues = await cuesOf(bench, 'The house is red.')
    const { cues: made, review } = await bench.run(translateStage, { cues, from: 'en', to: 'es', durationMs: 3000 })
    expect((await textsOf(bench, made)).join(' ')).toMatch(/casa.*roja/iu)
    expect(review).toMatchObject({ draft: true, providers: [{ capability: 'translation', provider: 'apertium' }] })
  }
}, 60_000)

it('translates by machine where it is named, or where cost comes first', async () => {
  const bench = await modelBench(({ text }) => text)
  const base = { cues: await cuesOf(bench, 'Good morning.'), from: 'en', to: 'es', durationMs: 3000 }
  for (const choice of [{ provider: 'apertium' }, { strategy: 'cost' as const }]) {
    expect((await bench.run(translateStage, { ...base, ...choice })).review.providers[0]?.provider).toBe('apertium')
  }
  expect(bench.asked).toEqual([])
})

it('opens the checkpoint, with what there is, when too many lines failed', async () => {
  const bench = await modelBench(({ line, text }) => (line % 2 === 0 ? `ES ${text}` : undefined))
  const work = bench.run(translateStage, {
    cues: await cuesOf(bench, ...numbered(6)),
    from: 'en',
    to: 'es',
    durationMs: 30_000,
  })
  await expect(work).rejects.toMatchObject({
    code: 'LOW_QUALITY',
    data: { reason: 'untranslated', flagged: 3, lines: 6, output: { review: { target: 'es', flaggedCount: 3 } } },
  })
})
