import { expect, it } from 'vitest'
import { demoMusic } from './demo-music.ts'
import { demoSample } from './demo-sample.ts'
import { extractAudio } from './extract-audio.ts'
import { measureLoudness } from './measure-loudness.ts'
import { isMp4Complete } from './mp4-complete.ts'
import { probe } from './probe.ts'
import { make, testWork } from './test-media.ts'

it('is a tagged film of 40 to 60 s whose voice stands 20 dB above its music', async () => {
  const work = await testWork()
  const outPath = work.file('demo.mp4')
  const sample = await demoSample({ ...work, outPath })
  const info = await probe(outPath, work)
  expect(info).toMatchObject({
    title: 'A studio by the sea',
    language: 'en',
    durationMs: sample.durationMs,
    video: { codec: 'h264', width: 1280, height: 720, fps: 25, pixFmt: 'yuv420p' },
    audio: [{ codec: 'aac', channels: 2, sampleRate: 48_000 }],
  })
  expect(info.durationMs).toBeGreaterThan(40_000)
  expect(info.durationMs).toBeLessThan(60_000)
  expect(info.bytes).toBeLessThan(8 * 1024 * 1024)
  expect(await isMp4Complete(outPath, info.bytes)).toBe(true)
  expect(sample.sentences).toHaveLength(10)
  const { full } = await extractAudio({ ...work, source: outPath })
  const during = async (from: number, to: number) =>
    (
      await measureLoudness(
        await make(work.file('part.wav'), '-i', full, '-af', `atrim=${from / 1000}:${to / 1000},asetpts=PTS-STARTPTS`),
        work,
      )
    ).integratedLufs
  const [first, second] = sample.sentences
  const voice = await during(first?.startMs ?? 0, first?.endMs ?? 0)
  const pause = await during((first?.endMs ?? 0) + 60, (second?.startMs ?? 0) - 20)
  expect(voice - pause).toBeGreaterThan(20)
  expect(pause).toBeGreaterThan(-60)
}, 120_000)

it('music is the same samples every time, and fades in and out', () => {
  const music = demoMusic(6000)
  expect(demoMusic(6000)).toEqual(music)
  expect(Math.abs(music[100] ?? 0)).toBeLessThan(50)
  expect(Math.max(...music.subarray(100_000, 150_000))).toBeGreaterThan(2000)
  expect(Math.abs(music.at(-1) ?? 0)).toBeLessThan(50)
})
