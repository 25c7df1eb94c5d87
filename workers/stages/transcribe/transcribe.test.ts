import { writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import type { ArtifactRef } from '#domain/artifact.ts'
import { cueList } from '#domain/cue.ts'
import { testBench } from '#test/builders/bench-folder.ts'
import { clipTranscript, LINES, spokenClip } from '#test/e2e/clips.ts'
import { extractStage } from '../extract/run.ts'
import { transcribe } from './contract.ts'
import { transcribeStage } from './run.ts'

type Bench = Awaited<ReturnType<typeof testBench>>

async function prepare() {
  const bench = await testBench()
  const file = await bench.upload(await spokenClip(bench.dir))
  const audio = await bench.run(extractStage, { file, durationMs: 13_000 })
  return { bench, base: { speech: audio.speech, sound: audio.sound, durationMs: 13_000 } }
}

async function subtitles(bench: Bench, name: string, text: string | Buffer): Promise<ArtifactRef> {
  await writeFile(bench.file(name), text)
  return bench.upload(bench.file(name), 'subtitles')
}

async function textsOf(bench: Bench, ref: ArtifactRef): Promise<string[]> {
  return cueList.parse(JSON.parse(await bench.text(ref))).cues.map((cue) => cue.text)
}

it('hears English offline, as a draft, in sentences', async () => {
  const { bench, base } = await prepare()
  const heard = await bench.run(transcribeStage, { ...base, language: 'en' })
  expect(heard).toMatchObject({
    language: 'en',
    review: { draft: true, providers: [{ capability: 'transcription', provider: 'pocketsphinx' }] },
  })
  const words = new Set(
    (await textsOf(bench, heard.cues))
      .join(' ')
      .toLowerCase()
      .match(/[a-z']+/gu),
  )
  const spoken =
    LINES.join(' ')
      .toLowerCase()
      .match(/[a-z']+/gu) ?? []
  // three short lines over music: the recogniser is a draft engine, but not a dice
  expect(spoken.filter((word) => words.has(word)).length / spoken.length).toBeGreaterThan(0.6)
  expect(heard.review.lines).toBeGreaterThanOrEqual(3)
}, 60_000)

it('asks for the language when nothing tells it, and names the way out where nobody can hear it', async () => {
  const { bench, base } = await prepare()
  await expect(bench.run(transcribeStage, base)).rejects.toMatchObject({
    code: 'NEEDS_LANGUAGE',
    data: { needs: ['from'] },
  })
  await expect(bench.run(transcribeStage, { ...base, from: 'ja' })).rejects.toMatchObject({
    code: 'NO_TRANSCRIBER',
    data: { language: 'ja', needs: ['transcript', 'key'] },
  })
  expect(bench.calls).toEqual([])
}, 60_000)

it('takes a transcript of one’s own before anything else, in any encoding, in the language of its name', async () => {
  const { bench, base } = await prepare()
  const transcript = await subtitles(
    bench,
    'talk.fr.srt',
    Buffer.from('1\n00:00:00,500 --> 00:00:02,700\nD\u00E9j\u00E0 vu\n', 'latin1'),
  )
  const heard = await bench.run(transcribeStage, { ...base, language: 'en', transcript })
  expect(heard).toMatchObject({ language: 'fr', review: { draft: false, providers: [], lines: 1 } })
  expect(await textsOf(bench, heard.cues)).toEqual(['Déjà vu'])
  const told = await bench.run(transcribeStage, {
    ...base,
    from: 'en',
    transcript: await subtitles(bench, 'mine.srt', clipTranscript()),
  })
  expect(await textsOf(bench, told.cues)).toEqual([...LINES])
  expect(bench.calls).toEqual([])
}, 60_000)

it('hears it anew, own transcript or not, when a person names a recogniser at the checkpoint', async () => {
  const { bench, base } = await prepare()
  const input = { ...base, from: 'en', transcript: null, provider: 'pocketsphinx' }
  expect(transcribe.providers?.(transcribe.input.parse(input))).toMatchObject([{ provider: 'pocketsphinx' }])
  const heard = await bench.run(transcribeStage, input)
  expect(heard.review.providers).toMatchObject([{ capability: 'transcription', provider: 'pocketsphinx' }])
}, 60_000)

it('says where a transcript of one’s own is broken', async () => {
  const { bench, base } = await prepare()
  const transcript = await subtitles(bench, 'bad.srt', '1\n00:00:05,000 --> 00:00:02,000\nbackwards\n')
  await expect(bench.run(transcribeStage, { ...base, from: 'en', transcript })).rejects.toMatchObject({
    code: 'BAD_SUBTITLES',
    data: { line: 2 },
  })
}, 60_000)

it('uses captions in the language that is spoken, and only those', async () => {
  const { bench, base } = await prepare()
  const file = await subtitles(bench, 'captions.vtt', 'WEBVTT\n\n00:00.500 --> 00:02.700\nThe captions say so.\n')
  const heard = await bench.run(transcribeStage, {
    ...base,
    from: 'en',
    captions: [
      { file, language: 'de' },
      { file, language: 'en-US' },
    ],
  })
  expect(await textsOf(bench, heard.cues)).toEqual(['The captions say so.'])
  expect(heard.review).toMatchObject({ providers: [{ provider: 'captions' }] })
  await expect(
    bench.run(transcribeStage, { ...base, from: 'ja', captions: [{ file, language: 'de' }] }),
  ).rejects.toMatchObject({ code: 'NO_TRANSCRIBER' })
}, 60_000)
