import { expect, it } from 'vitest'
import { formatJson } from '#domain/subtitles/json.ts'
import { parseSubtitles } from '#domain/subtitles/parse.ts'
import { testBench } from '#test/builders/bench-folder.ts'
import { captionsStage } from './run.ts'

it('writes approved cues in every format, under a name that every file system takes', async () => {
  const bench = await testBench()
  const { artifacts } = await bench.context()
  const cues = [
    { startMs: 500, endMs: 2000, text: 'Uno {\\an8}<b> --> dos' },
    { startMs: 2500, endMs: 4000, text: 'Tres & cuatro' },
  ]
  const ref = await artifacts.saveText({
    text: formatJson({ language: 'es', cues }),
    kind: 'cues',
    mime: 'application/json',
    name: 'cues.json',
  })
  const { files } = await bench.run(captionsStage, {
    cues: ref,
    language: 'es',
    title: '../-a: "b"\u0007?',
    formats: ['json', 'txt', 'srt', 'vtt', 'ass'],
  })
  expect(files.map((file) => file.name)).toEqual(['json', 'txt', 'srt', 'vtt', 'ass'].map((end) => `a b.es.${end}`))
  expect(files.every((file) => file.language === 'es' && file.kind === 'subtitles')).toBe(true)
  for (const file of files.filter((one) => !one.name.endsWith('.txt'))) {
    const back = parseSubtitles(file.name, await bench.text(file))
    expect(back.cues.map((cue) => [cue.startMs, cue.endMs])).toEqual([
      [500, 2000],
      [2500, 4000],
    ])
    expect(back.cues[1]?.text).toBe('Tres & cuatro')
  }
})
