import { describe, expect, it } from 'vitest'
import { cueList } from '#domain/cue.ts'
import { syncReport } from '#domain/fit/sync-report.ts'
import { formatJson } from '#domain/subtitles/json.ts'
import { testBench } from '#test/builders/bench-folder.ts'
import { modelBench } from '#test/builders/model-bench.ts'
import { voiceStage } from '../voice/run.ts'
import { fitStage } from './run.ts'

const LONG = 'Esta es una frase demasiado larga para el poco tiempo que tiene antes de la siguiente línea.'

/** Voices and fits lines that start at these seconds, each with a slot of one second. */
async function fitted(at: readonly (readonly [second: number, text: string])[], durationMs: number) {
  const bench = await testBench()
  const { artifacts } = await bench.context()
  const list = {
    language: 'es',
    cues: at.map(([second, text]) => ({ startMs: second * 1000, endMs: second * 1000 + 1000, text })),
  }
  const cues = await artifacts.saveText({
    text: formatJson(list),
    kind: 'cues',
    mime: 'application/json',
    name: 'cues.json',
  })
  const { lines, provider, voice } = await bench.run(voiceStage, { cues, language: 'es' })
  const out = await bench.run(fitStage, {
    cues,
    proposed: cues,
    lines,
    language: 'es',
    provider,
    voice,
    durationMs,
    rewrite: true,
  })
  const report = syncReport.parse(JSON.parse(await bench.text(out.report)))
  return { bench, out, report, spokenMs: lines.map((line) => line.durationMs) }
}

it('leaves lines that fit as they are voiced', async () => {
  const { report, spokenMs } = await fitted(
    [
      [0, 'Hola.'],
      [3, 'Adiós.'],
    ],
    6000,
  )
  expect(report.lines.map((line) => [line.placedMs, line.tempo, line.durationMs])).toEqual([
    [0, 1, spokenMs[0]],
    [3000, 1, spokenMs[1]],
  ])
})

it('speaks faster, then late, then cuts after a word, and marks what it did', async () => {
  const { bench, out, report } = await fitted(
    [
      [0, LONG],
      [2, LONG],
      [4, 'Sí.'],
      [8, 'Fin.'],
    ],
    10_000,
  )
  const [first, second, third, last] = report.lines
  expect(first?.tempo).toBe(1.3)
  expect(first).toMatchObject({ cut: true, late: false })
  expect(second).toMatchObject({ late: true })
  expect(second?.startErrorMs).toBeLessThanOrEqual(1000)
  expect(third?.startErrorMs).toBeLessThanOrEqual(1000)
  expect(last).toMatchObject({ startErrorMs: 0, tempo: 1, cut: false })
  expect(report.lines.every((line) => line.overlapMs === 0 && line.slackMs >= 0)).toBe(true)
  const { cues } = cueList.parse(JSON.parse(await bench.text(out.cues)))
  expect(cues[0]?.flags).toEqual(['cut'])
  expect(cues[3]?.flags).toBeUndefined()
  expect(out.sync).toMatchObject({
    lines: 4,
    cut: report.lines.filter((line) => line.cut).length,
    maxTempo: 1.3,
    driftMs: 0,
  })
}, 60_000)

it('never outlives the source', async () => {
  const { out, report } = await fitted(
    [
      [0, LONG],
      [1, LONG],
    ],
    2500,
  )
  const last = report.lines.at(-1)
  expect((last?.placedMs ?? 0) + (last?.durationMs ?? 0)).toBeLessThanOrEqual(2500)
  expect(out.speech.durationMs).toBe(2500)
}, 60_000)

it('keeps a line without a voice in the report, the captions and the table', async () => {
  const { bench, out, report } = await fitted(
    [
      [0, 'Hola.'],
      [2, '♪'],
      [4, '=cmd()'],
    ],
    6000,
  )
  expect(report.lines.map((line) => line.voiced)).toEqual([true, false, true])
  const { cues } = cueList.parse(JSON.parse(await bench.text(out.captions)))
  expect(cues.map((cue) => cue.flags ?? [])).toEqual([[], ['unvoiced'], []])
  expect(await bench.text(out.table)).toContain(`,'=cmd()`)
}, 60_000)

describe('where a language model is there', () => {
  /** Two long lines and a short one; the second was changed by a person. */
  async function reworded(rewrite: boolean) {
    const bench = await modelBench(({ line, text, maxCharacters }) =>
      maxCharacters < text.length ? `Breve ${line}.` : text,
    )
    const { artifacts } = await bench.context()
    const save = (texts: readonly string[]) => {
      const cues = texts.map((text, index) => ({ startMs: index * 2000, endMs: index * 2000 + 1000, text }))
      return artifacts.saveText({
        text: formatJson({ language: 'es', cues }),
        kind: 'cues',
        mime: 'application/json',
        name: 'cues.json',
      })
    }
    const proposed = await save([LONG, LONG, 'Sí.'])
    const cues = await save([LONG, `Yo digo: ${LONG}`, 'Sí.'])
    const { lines, provider, voice } = await bench.run(voiceStage, { cues, language: 'es' })
    const before = bench.calls.filter((call) => call.capability === 'speech').length
    const out = await bench.run(fitStage, {
      cues,
      proposed,
      lines,
      language: 'es',
      provider,
      voice,
      durationMs: 8000,
      rewrite,
    })
    const report = syncReport.parse(JSON.parse(await bench.text(out.report)))
    const spoken = cueList.parse(JSON.parse(await bench.text(out.cues))).cues.map((cue) => cue.text)
    return { bench, report, spoken, voiced: bench.calls.filter((call) => call.capability === 'speech').length - before }
  }

  it('asks for other words after measuring, voices those lines again, and never touches a person’s words', async () => {
    const { bench, report, spoken, voiced } = await reworded(true)
    expect(spoken).toEqual(['Breve 1.', `Yo digo: ${LONG}`, 'Sí.'])
    expect(report.lines.map((line) => line.rewritten)).toEqual([true, false, false])
    expect(report.lines[0]).toMatchObject({ tempo: 1, cut: false, late: false })
    expect(bench.asked.map((request) => request.lines.map((line) => line.line))).toEqual([[1]])
    expect(bench.asked[0]?.lines[0]?.maxCharacters).toBeLessThan(LONG.length)
    expect(voiced).toBe(1)
  }, 60_000)

  it('renders approved words as they are where nobody looks at the result again', async () => {
    const { bench, spoken } = await reworded(false)
    expect(spoken[0]).toBe(LONG)
    expect(bench.asked).toEqual([])
  }, 60_000)
})
