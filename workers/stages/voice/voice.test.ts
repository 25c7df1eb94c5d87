import { expect, it } from 'vitest'
import { formatJson } from '#domain/subtitles/json.ts'
import { testBench } from '#test/builders/bench-folder.ts'
import { voiceStage } from './run.ts'

type Bench = Awaited<ReturnType<typeof testBench>>

async function cuesOf(bench: Bench, ...texts: string[]) {
  const { artifacts } = await bench.context()
  const cues = texts.map((text, index) => ({ startMs: index * 3000, endMs: index * 3000 + 2000, text }))
  return artifacts.saveText({
    text: formatJson({ language: 'es', cues }),
    kind: 'cues',
    mime: 'application/json',
    name: 'cues.json',
  })
}

const spokenBy = (bench: Bench) => bench.calls.length

it('voices an edited line again, and that one alone', async () => {
  const bench = await testBench()
  const first = await bench.run(voiceStage, { cues: await cuesOf(bench, 'Uno.', 'Dos.', 'Tres.'), language: 'es' })
  const before = spokenBy(bench)
  const second = await bench.run(voiceStage, {
    cues: await cuesOf(bench, 'Uno.', 'Dos y medio.', 'Tres.'),
    language: 'es',
  })
  // one look at the voices, one line
  expect(spokenBy(bench) - before).toBe(2)
  const files = (lines: typeof first.lines) => lines.map((line) => line.file?.sha256)
  expect(files(second.lines)[0]).toBe(files(first.lines)[0])
  expect(files(second.lines)[1]).not.toBe(files(first.lines)[1])
  expect(files(second.lines)[2]).toBe(files(first.lines)[2])
  expect(second.lines.map((line) => line.index)).toEqual([0, 1, 2])
})

it('speaks with the voice that was asked for, and refuses one that is not there', async () => {
  const bench = await testBench()
  const cues = await cuesOf(bench, 'Una frase cualquiera.')
  const usual = await bench.run(voiceStage, { cues, language: 'es' })
  const other = await bench.run(voiceStage, { cues, language: 'es', voice: `${usual.voice}+f2` })
  expect(other.voice).toBe(`${usual.voice}+f2`)
  expect(other.lines[0]?.file?.sha256).not.toBe(usual.lines[0]?.file?.sha256)
  const prefixed = await bench.run(voiceStage, { cues, language: 'es', voice: `espeak:${usual.voice}+f2` })
  expect(prefixed.voice).toBe(other.voice)
  // the voice of another provider stays behind when a redo names this one
  expect(await bench.run(voiceStage, { cues, language: 'es', provider: 'espeak', voice: 'alloy' })).toMatchObject({
    voice: usual.voice,
  })
  await expect(bench.run(voiceStage, { cues, language: 'es', voice: 'nobody' })).rejects.toMatchObject({
    code: 'NO_VOICE',
    data: { voice: 'nobody' },
  })
})

it('leaves a line that cannot be said without a voice, and goes on', async () => {
  const bench = await testBench()
  const { lines } = await bench.run(voiceStage, {
    cues: await cuesOf(bench, '♪', 'Se oye.', '[música]', '…'),
    language: 'es',
  })
  expect(lines.map((line) => line.file !== undefined)).toEqual([false, true, false, false])
})

it('tells the time left by the pace of the lines', async () => {
  const bench = await testBench()
  const texts = ['Uno.', 'Dos.', 'Tres.', 'Cuatro.', 'Cinco.', 'Seis.']
  await bench.run(voiceStage, { cues: await cuesOf(bench, ...texts), language: 'es' })
  expect(bench.progress.at(-1)).toEqual({
    ...{ ratio: 1, etaSeconds: 0 },
    note: { key: 'voicing', values: { done: 6, total: 6 } },
  })
  expect(bench.progress.filter(({ etaSeconds }) => etaSeconds !== undefined)).toHaveLength(3)
})

it('voices what is said twice once', async () => {
  const bench = await testBench()
  const { lines } = await bench.run(voiceStage, { cues: await cuesOf(bench, 'Sí.', 'No.', 'Sí.'), language: 'es' })
  expect(lines[0]?.file).toEqual(lines[2]?.file)
  expect(bench.calls.filter((call) => call.capability === 'speech')).toHaveLength(3)
})

it('says so when nobody speaks the language', async () => {
  const bench = await testBench({ providers: [] })
  await expect(bench.run(voiceStage, { cues: await cuesOf(bench, 'Hola.'), language: 'es' })).rejects.toMatchObject({
    code: 'NO_VOICE',
  })
})
