import { writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { cueList } from '#domain/cue.ts'
import { syncReport } from '#domain/fit/sync-report.ts'
import { testBench } from '#test/builders/bench-folder.ts'
import { clipTranscript, facts, loudness, pictureHash, spokenClip } from '#test/e2e/clips.ts'
import { extractStage } from './extract/run.ts'
import { finishStage } from './finish/run.ts'
import { fitStage } from './fit/run.ts'
import { mixStage } from './mix/run.ts'
import { muxStage } from './mux/run.ts'
import { probeStage } from './probe/run.ts'
import { transcribeStage } from './transcribe/run.ts'
import { translateStage } from './translate/run.ts'
import { voiceStage } from './voice/run.ts'

it('dubs a clip from English to Spanish: picture untouched, in time, levelled, nothing over anything', async () => {
  const bench = await testBench()
  const clip = await spokenClip(bench.dir)
  const file = await bench.upload(clip)
  await writeFile(bench.file('mine.srt'), clipTranscript())
  const transcript = await bench.upload(bench.file('mine.srt'))

  const info = await bench.run(probeStage, { file })
  expect(info).toMatchObject({ language: 'en', picture: { codec: 'h264', width: 320, fps: 25 } })
  const { durationMs } = info
  const audio = await bench.run(extractStage, { file, durationMs })
  const heard = await bench.run(transcribeStage, { ...audio, durationMs, transcript, from: 'en' })
  expect(heard.review).toMatchObject({ target: 'en', lines: 3, draft: false, flaggedCount: 0 })
  expect(heard.review.media.map((media) => media.mime)).toEqual(['audio/mp4', 'image/png'])
  const translated = await bench.run(translateStage, { cues: heard.cues, from: 'en', to: 'es', durationMs })
  expect(translated.review).toMatchObject({
    target: 'es',
    lines: 3,
    draft: true,
    providers: [{ provider: 'apertium' }],
  })
  const spoken = await bench.run(voiceStage, { cues: translated.cues, language: 'es' })
  expect(spoken).toMatchObject({ provider: 'espeak', draft: true })
  expect(spoken.lines.every((line) => line.file && line.durationMs > 500)).toBe(true)

  const fitted = await bench.run(fitStage, {
    cues: translated.cues,
    proposed: translated.cues,
    lines: spoken.lines,
    language: 'es',
    provider: spoken.provider,
    voice: spoken.voice,
    durationMs,
    rewrite: true,
  })
  const report = syncReport.parse(JSON.parse(await bench.text(fitted.report)))
  expect(report.lines).toHaveLength(3)
  expect(report.lines.every((line) => line.overlapMs === 0 && line.slackMs >= 0 && line.tempo <= 1.3)).toBe(true)
  expect(fitted.sync).toMatchObject({ onTime: 3, late: 0, cut: 0, unvoiced: 0, driftMs: 0 })

  const mixed = await bench.run(mixStage, {
    original: audio.sound,
    speech: fitted.speech,
    report: fitted.report,
    bed: 'duck',
    durationMs,
  })
  const { file: dubbed, review } = await bench.run(muxStage, {
    source: file,
    dub: mixed.audio,
    cues: fitted.cues,
    sourceCues: heard.cues,
    captions: fitted.captions,
    report: fitted.report,
    table: fitted.table,
    sync: fitted.sync,
    loudness: mixed.loudness,
    title: 'Clip',
    from: 'en',
    to: 'es',
    durationMs,
    drafts: [false, true, true],
    credits: [translated.review.providers, spoken.credits],
  })

  const result = await bench.path(dubbed)
  expect(await pictureHash(result)).toBe(await pictureHash(clip))
  const level = await loudness(result)
  expect(Math.abs(level.integrated + 14)).toBeLessThanOrEqual(1)
  expect(level.truePeak).toBeLessThanOrEqual(-0.9)
  expect(Math.abs(review.sync?.driftMs ?? 999)).toBeLessThanOrEqual(1000 / 25)
  const { streams, format } = await facts(result)
  expect(streams.map((stream) => [stream.codec_type, stream.tags?.['language']])).toEqual([
    ['video', expect.anything()],
    ['audio', 'spa'],
    ['audio', 'eng'],
    ['subtitle', 'spa'],
  ])
  expect(format.tags?.['title']).toBe('Clip')
  expect(review.outputs?.map((output) => output.name)).toEqual([
    'Clip.es.mp4',
    'Clip.es.srt',
    'Clip.es.vtt',
    'sync.es.json',
    'sync.es.csv',
  ])
  expect(review.media.map((media) => media.mime)).toEqual(['video/mp4', 'image/jpeg', 'image/png'])
  expect(review.media[0]?.bytes).toBeLessThanOrEqual(8 * 1024 * 1024)

  const done = await bench.run(finishStage, { review, durationMs })
  expect(done).toMatchObject({ target: 'es', draft: true, files: review.outputs, loudness: mixed.loudness })

  // the words that are heard are the words that were approved
  const approved = cueList.parse(JSON.parse(await bench.text(translated.cues)))
  const heardWords = cueList.parse(JSON.parse(await bench.text(fitted.captions)))
  expect(heardWords.cues.map((cue) => cue.text)).toEqual(approved.cues.map((cue) => cue.text))
}, 120_000)
