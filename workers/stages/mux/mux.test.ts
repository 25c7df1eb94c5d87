import { expect, it } from 'vitest'
import { makeSyncReport } from '#domain/fit/sync-report.ts'
import { formatJson } from '#domain/subtitles/json.ts'
import { make } from '#media/test-media.ts'
import { testBench } from '#test/builders/bench-folder.ts'
import { facts } from '#test/e2e/clips.ts'
import { muxStage } from './run.ts'

/** Muxes a tone as the dub of a source of 4 s that ffmpeg makes from `args`. */
async function muxed(name: string, ...args: string[]) {
  const bench = await testBench()
  const source = await bench.upload(await make(bench.file(name), ...args))
  const dub = await bench.upload(
    await make(bench.file('tone.wav'), '-f', 'lavfi', '-i', 'sine=f=440:r=48000:d=4', '-ac', '2'),
  )
  const { artifacts } = await bench.context()
  const cue = { startMs: 500, endMs: 2000, text: 'Hola.', flags: ['late' as const] }
  const list = (language: string) => ({
    text: formatJson({ language, cues: [cue] }),
    kind: 'cues' as const,
    mime: 'application/json',
    name: 'cues.json',
  })
  const line = {
    startMs: 500,
    endMs: 2000,
    speechMs: 1000,
    placedMs: 700,
    durationMs: 1000,
    late: true,
    cut: false,
    tempo: 1,
    rewritten: true,
  }
  const report = makeSyncReport({ language: 'es', lines: [line], producedMs: 4000, totalMs: 4000 })
  const text = await artifacts.saveText({
    text: JSON.stringify(report),
    kind: 'report',
    mime: 'application/json',
    name: 'sync.json',
  })
  const cues = await artifacts.saveText(list('es'))
  const { file, review } = await bench.run(muxStage, {
    source,
    dub,
    cues,
    sourceCues: await artifacts.saveText(list('en')),
    captions: cues,
    report: text,
    table: text,
    sync: report.summary,
    title: 'A: title',
    from: 'en',
    to: 'es',
    durationMs: 4000,
    drafts: [false],
    credits: [[], []],
  })
  return { file, review, facts: await facts(await bench.path(file)) }
}

const PICTURE = ['-f', 'lavfi', '-i', 'testsrc2=s=160x120:r=25:d=4', '-f', 'lavfi', '-i', 'sine=d=4', '-shortest']

it('makes a sound file of a source that is sound only', async () => {
  const { file, review, facts } = await muxed('talk.mp3', '-f', 'lavfi', '-i', 'sine=d=4')
  expect(file).toMatchObject({ name: 'A title.es.m4a', mime: 'audio/mp4' })
  expect(
    facts.streams.filter((stream) => stream.codec_type === 'audio').map((stream) => stream.tags?.['language']),
  ).toEqual(['spa', 'eng'])
  expect(facts.streams.some((stream) => stream.codec_type === 'video')).toBe(false)
  expect(review.media.map((media) => media.mime)).toEqual(['audio/mp4', 'image/png'])
}, 60_000)

it('makes Matroska where a codec does not fit MP4', async () => {
  const { file, facts } = await muxed('old.avi', ...PICTURE, '-c:v', 'mjpeg', '-c:a', 'pcm_s16le')
  expect(file).toMatchObject({ name: 'A title.es.mkv', mime: 'video/x-matroska' })
  expect(facts.streams[0]).toMatchObject({ codec_type: 'video', codec_name: 'mjpeg' })
}, 60_000)

it('shows what is marked and what was shortened, and lets the words be edited at their original times', async () => {
  const { review } = await muxed('clip.mp4', ...PICTURE, '-c:v', 'libx264', '-c:a', 'aac')
  expect(review.flagged.map(({ line, flag }) => [line, flag])).toEqual([
    [1, 'late'],
    [1, 'rewritten'],
  ])
  expect(review.flaggedCount).toBe(2)
  expect(review.subtitles?.mime).toBe('application/x-subrip')
  expect(review.sync).toMatchObject({ late: 1, rewritten: 1 })
  expect(Math.abs(review.sync?.driftMs ?? 999)).toBeLessThanOrEqual(40)
}, 60_000)
