import { writeFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { make } from '#media/test-media.ts'
import { testBench } from '#test/builders/bench-folder.ts'
import { facts } from '#test/e2e/clips.ts'
import { probeStage } from '../probe/run.ts'
import { transcribeStage } from '../transcribe/run.ts'
import { extractStage } from './run.ts'

const SRT = '1\n00:00:00,500 --> 00:00:02,000\nWritten inside the film.\n'

async function prepare() {
  const bench = await testBench()
  await writeFile(bench.file('en.srt'), SRT)
  await writeFile(bench.file('forced.srt'), SRT.replace('Written', 'Forced'))
  const film = await make(
    bench.file('film.mkv'),
    ...['-f', 'lavfi', '-i', 'sine=r=44100:d=3', '-i', bench.file('forced.srt'), '-i', bench.file('en.srt')],
    ...['-map', '0', '-map', '1', '-map', '2', '-c:s', 'srt', '-disposition:s:0', 'forced'],
    ...['-metadata:s:a:0', 'language=eng', '-metadata:s:s:0', 'language=eng', '-metadata:s:s:1', 'language=eng'],
  )
  const file = await bench.upload(film)
  const info = await bench.run(probeStage, { file })
  return { bench, file, info, audio: await bench.run(extractStage, { file, ...info }) }
}

it('takes the sound out, whole for the mix and small for recognisers', async () => {
  const { bench, audio } = await prepare()
  const sound = (await facts(await bench.path(audio.sound))).streams[0]
  expect(sound).toMatchObject({ codec_name: 'flac', sample_rate: '48000', channels: 2 })
  const speech = (await facts(await bench.path(audio.speech))).streams[0]
  expect(speech).toMatchObject({ codec_name: 'pcm_s16le', sample_rate: '16000', channels: 1 })
}, 60_000)

it('brings captions along that are inside the file, and the transcript is made of them', async () => {
  const { bench, info, audio } = await prepare()
  expect(info).toMatchObject({ language: 'en', captions: [{ language: 'en' }] })
  const { sound, speech, captions: embedded } = audio
  const heard = await bench.run(transcribeStage, {
    sound,
    speech,
    embedded,
    durationMs: info.durationMs,
    language: info.language,
  })
  expect(heard.review).toMatchObject({ providers: [{ provider: 'captions' }], lines: 1 })
  expect(heard.review.firstLines[0]?.text).toBe('Written inside the film.')
}, 60_000)
