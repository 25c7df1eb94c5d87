import sharp from 'sharp'
import { expect, it, vi } from 'vitest'
import { framePicture } from './frame-picture.ts'
import { probe } from './probe.ts'
import { renditionPreview } from './rendition-preview.ts'
import { make, testWork } from './test-media.ts'
import { waveformPicture } from './waveform-picture.ts'

// real tools, on machines that do other things too
vi.setConfig({ testTimeout: 120_000 })

it('preview: ≤ 60 s and ≤ 8 MiB of noise in H.264 and AAC', async () => {
  const work = await testWork()
  const noise = ['-f', 'lavfi', '-i', 'testsrc2=s=320x240:r=10:d=75,noise=alls=100:allf=t']
  const source = await make(
    work.file('in.mkv'),
    ...noise,
    '-f',
    'lavfi',
    '-i',
    'anoisesrc=d=75:a=0.5:seed=1',
    '-c:v',
    'mpeg4',
    '-q:v',
    '8',
    '-c:a',
    'flac',
  )
  const preview = await renditionPreview({
    ...work,
    source,
    durationMs: 75_000,
    hasPicture: true,
    startMs: 10_000,
    outPath: work.file('p.mp4'),
  })
  expect(preview.durationMs).toBe(60_000)
  expect(preview.bytes).toBeLessThanOrEqual(8 * 1024 * 1024)
  const info = await probe(work.file('p.mp4'), work)
  expect(info).toMatchObject({
    video: { codec: 'h264', pixFmt: 'yuv420p', width: 320, height: 240 },
    audio: [{ codec: 'aac' }],
  })
  expect(Math.abs(info.durationMs - 60_000)).toBeLessThan(100)
}, 60_000)

it('preview: shrinks a large picture, keeps even sides, and takes sound alone', async () => {
  const work = await testWork()
  const source = await make(
    work.file('in.mp4'),
    '-f',
    'lavfi',
    '-i',
    'testsrc2=s=1078x1918:r=10:d=1',
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
  )
  await renditionPreview({ ...work, source, durationMs: 1000, hasPicture: true, outPath: work.file('p.mp4') })
  const { video } = await probe(work.file('p.mp4'), work)
  expect(video?.height).toBe(480)
  expect([video?.width, (video?.width ?? 1) % 2]).toEqual([270, 0])
  const sound = await make(work.file('in.wav'), '-f', 'lavfi', '-i', 'sine=d=2')
  expect(
    await renditionPreview({
      ...work,
      source: sound,
      durationMs: 2000,
      hasPicture: false,
      outPath: work.file('s.mp4'),
    }),
  ).toMatchObject({ mime: 'audio/mp4' })
})

it('waveform: bars follow the sound, and the background is transparent', async () => {
  const work = await testWork()
  const source = await make(
    work.file('in.wav'),
    '-f',
    'lavfi',
    '-i',
    "aevalsrc='if(between(t,1,2),0.8*sin(2000*t),0)':s=48000:d=4",
  )
  const size = await waveformPicture({ ...work, source, durationMs: 4000, outPath: work.file('w.png') })
  expect(size).toEqual({ width: 1200, height: 200 })
  const { data, info } = await sharp(work.file('w.png')).raw().toBuffer({ resolveWithObject: true })
  const opaque = (x: number, y: number) => (data[(y * info.width + x) * info.channels + 3] ?? 0) > 100
  const tallest = (from: number, to: number) =>
    Array.from({ length: 60 }, (_, y) => y + 20).some((y) =>
      Array.from({ length: to - from }, (__, x) => x + from).some((x) => opaque(x, y)),
    )
  expect(info.channels).toBe(4)
  expect([tallest(20, 280), tallest(320, 580), tallest(650, 1190)]).toEqual([false, true, false])
})

it('waveform: a silent file has a flat one', async () => {
  const work = await testWork()
  const source = await make(work.file('in.wav'), '-f', 'lavfi', '-i', 'anullsrc=d=1')
  await expect(
    waveformPicture({ ...work, source, durationMs: 1000, outPath: work.file('w.png') }),
  ).resolves.toBeDefined()
})

it('frame: a JPEG that is not the black it fades in from', async () => {
  const work = await testWork()
  const source = await make(
    work.file('in.mp4'),
    '-f',
    'lavfi',
    '-i',
    'testsrc2=s=1920x1080:r=25:d=2,fade=in:0:12',
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
  )
  await framePicture({ ...work, source, atMs: 0, outPath: work.file('f.jpg') })
  const picture = sharp(work.file('f.jpg'))
  expect(await picture.metadata()).toMatchObject({ format: 'jpeg', width: 960, height: 540 })
  expect((await picture.stats()).channels[0]?.mean).toBeGreaterThan(60)
})

it('frame: near the end there is still one', async () => {
  const work = await testWork()
  const source = await make(
    work.file('in.mp4'),
    '-f',
    'lavfi',
    '-i',
    'testsrc2=s=320x180:r=25:d=2',
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
  )
  await framePicture({ ...work, source, atMs: 1950, outPath: work.file('f.jpg') })
  expect((await sharp(work.file('f.jpg')).metadata()).width).toBe(320)
})
