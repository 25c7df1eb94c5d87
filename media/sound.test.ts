import { readFile, writeFile } from 'node:fs/promises'
import { describe, expect, it, vi } from 'vitest'
import { extractAudio } from './extract-audio.ts'
import { fadeCut } from './fade-cut.ts'
import { measureLoudness } from './measure-loudness.ts'
import { normalizeLoudness } from './normalize-loudness.ts'
import { readLine } from './pcm.ts'
import { placeLines } from './place-lines.ts'
import { stretch } from './stretch.ts'
import { make, testWork } from './test-media.ts'
import { trimSilence } from './trim-silence.ts'
import { readWavFormat, writeWav } from './wav.ts'

// real tools, on machines that do other things too
vi.setConfig({ testTimeout: 120_000 })

describe('extractAudio', () => {
  it('makes both files as long as the source, in step with the picture when the sound starts late', async () => {
    const work = await testWork()
    const source = await make(
      work.file('late.mkv'),
      ...[
        '-f',
        'lavfi',
        '-i',
        'testsrc2=s=64x64:r=25:d=2',
        '-itsoffset',
        '0.5',
        '-f',
        'lavfi',
        '-i',
        'sine=f=1000:r=44100:d=1.5',
      ],
      ...['-map', '0', '-map', '1', '-c:v', 'mpeg4', '-c:a', 'flac'],
    )
    const { full, speech } = await extractAudio({ ...work, source })
    expect(await readWavFormat(speech)).toMatchObject({ channels: 1, sampleRate: 16_000, bits: 16 })
    const samples = await readLine(full, work)
    expect(Math.abs(samples.length - 96_000)).toBeLessThan(480)
    expect(samples.findIndex((sample) => Math.abs(sample) > 500)).toBeGreaterThan(23_900)
    expect(samples.findIndex((sample) => Math.abs(sample) > 500)).toBeLessThan(24_200)
  })

  it('refuses what cannot be decoded', async () => {
    const work = await testWork()
    await writeFile(work.file('noise.mp4'), Buffer.alloc(4000, 'xyz'))
    await expect(extractAudio({ ...work, source: work.file('noise.mp4') })).rejects.toMatchObject({
      code: 'BROKEN_MEDIA',
    })
  })
})

describe('loudness', () => {
  it('measures a tone as the standard says', async () => {
    const work = await testWork()
    // EBU Tech 3341 case 1: a stereo sine of −23 dBFS at 1 kHz reads −23.0 ± 0.1 LUFS
    const tone = await make(
      work.file('t.wav'),
      '-f',
      'lavfi',
      '-i',
      'aevalsrc=0.0708*sin(2*PI*1000*t)|0.0708*sin(2*PI*1000*t):s=48000:d=5',
    )
    const loudness = await measureLoudness(tone, work)
    expect(loudness.integratedLufs).toBeCloseTo(-23, 0)
    expect(loudness.truePeakDbtp).toBeCloseTo(-23, 0)
  })

  it.each([
    [
      'speech-like noise with peaks far above its loudness',
      "aevalsrc='0.03*random(0)*(1+20*lt(mod(t,2),0.02))':s=48000:d=8",
    ],
    ['quiet sound', "aevalsrc='0.01*sin(600*t)+0.004*random(1)':s=44100:d=6"],
    ['sound that clips', 'sine=f=300:d=5,volume=30dB,aformat=sample_fmts=s16'],
  ])('brings %s to −14 LUFS within the ceiling, keeping its length', async (_, graph) => {
    const work = await testWork()
    const path = await make(
      work.file('in.wav'),
      '-f',
      'lavfi',
      '-i',
      graph,
      '-ar',
      '48000',
      '-ac',
      '2',
      '-c:a',
      'pcm_s16le',
    )
    const result = await normalizeLoudness({ ...work, path, outPath: work.file('out.wav') })
    const measured = await measureLoudness(work.file('out.wav'), work)
    expect(Math.abs(measured.integratedLufs - -14)).toBeLessThanOrEqual(0.5)
    expect(measured.truePeakDbtp).toBeLessThanOrEqual(-1)
    expect(result).toMatchObject({ ...measured, skipped: false })
    const [before, after] = [await readWavFormat(path), await readWavFormat(work.file('out.wav'))]
    expect(after).toMatchObject({ frames: before?.frames, channels: 2, sampleRate: 48_000 })
  })

  it('leaves near-silence as it is', async () => {
    const work = await testWork()
    const path = await make(work.file('in.wav'), '-f', 'lavfi', '-i', 'anoisesrc=d=3:a=0.0005:seed=1')
    const result = await normalizeLoudness({ ...work, path, outPath: work.file('out.wav') })
    expect(result).toMatchObject({ skipped: true, gainDb: 0 })
    expect(result.integratedLufs).toBeLessThan(-50)
  })

  it('does not move sound in time, limiter or not', async () => {
    const work = await testWork()
    const samples = new Int16Array(96_000)
    for (let i = 0; i < 96_000; i++) samples[i] = Math.round(3000 * Math.sin(i / 20))
    samples.fill(32_000, 40_000, 40_010)
    await writeWav(work.file('in.wav'), samples, 48_000)
    const { gainDb } = await normalizeLoudness({ ...work, path: work.file('in.wav'), outPath: work.file('out.wav') })
    expect(gainDb).toBeGreaterThan(0)
    const out = await readLine(work.file('out.wav'), work)
    expect(out.length).toBe(96_000)
    const loudest = out.reduce((best, sample, index) => (Math.abs(sample) > Math.abs(out[best] ?? 0) ? index : best), 0)
    expect(Math.abs(loudest - 40_005)).toBeLessThan(48)
  })
})

describe('lines', () => {
  it('stretches to exactly length ÷ tempo', async () => {
    const work = await testWork()
    const path = await make(work.file('in.wav'), '-f', 'lavfi', '-i', 'sine=f=440:r=22050:d=1.7')
    const { durationMs } = await stretch({ ...work, path, outPath: work.file('out.wav'), tempo: 1.15 })
    const frames = Math.round(Math.round(1.7 * 48_000) / 1.15)
    expect(await readWavFormat(work.file('out.wav'))).toMatchObject({ frames, channels: 1, sampleRate: 48_000 })
    expect(durationMs).toBe(Math.round(frames / 48))
  })

  it('cuts silence around a line, not in it', async () => {
    const work = await testWork()
    const path = await make(
      work.file('in.mp3'),
      ...[
        '-f',
        'lavfi',
        '-i',
        "aevalsrc='if(between(t,0.5,0.9)+between(t,1.2,1.5),0.4*sin(2000*t),0.0002*random(0))':s=24000:d=2.2",
      ],
    )
    const trimmed = await trimSilence({ ...work, path, outPath: work.file('out.wav') })
    expect(trimmed.silent).toBe(false)
    expect(Math.abs(trimmed.durationMs - 1055)).toBeLessThan(40)
    expect((await readWavFormat(work.file('out.wav')))?.frames).toBeCloseTo(trimmed.durationMs * 48, -2)
  })

  it('says when nothing is said', async () => {
    const work = await testWork()
    const path = await make(work.file('in.wav'), '-f', 'lavfi', '-i', 'anullsrc=r=48000:d=0.5')
    expect(await trimSilence({ ...work, path, outPath: work.file('out.wav') })).toEqual({
      durationMs: 0,
      headMs: 0,
      tailMs: 0,
      silent: true,
    })
  })

  it('cuts with a fade', async () => {
    const work = await testWork()
    await writeWav(work.file('in.wav'), new Int16Array(48_000).fill(10_000), 48_000)
    expect(
      await fadeCut({ ...work, path: work.file('in.wav'), outPath: work.file('out.wav'), durationMs: 500 }),
    ).toEqual({ durationMs: 500 })
    const out = await readLine(work.file('out.wav'), work)
    expect(out.length).toBe(24_000)
    expect([out[22_079], out[23_999]]).toEqual([10_000, 0])
    expect(out[23_040]).toBeGreaterThan(4900)
    expect(out[23_040]).toBeLessThan(5100)
  })

  it('places lines at their samples, within the total, and cuts what is not theirs', async () => {
    const work = await testWork()
    await writeWav(work.file('a.wav'), new Int16Array(4800).fill(1000), 48_000)
    await writeWav(work.file('b.wav'), new Int16Array(9600).fill(-2000), 48_000)
    const lines = [
      { path: work.file('a.wav'), atMs: 333, durationMs: 100 },
      { path: work.file('b.wav'), atMs: 700, durationMs: 150 },
      { path: work.file('b.wav'), atMs: 1950, durationMs: 200 },
    ]
    const placed = await placeLines({ ...work, lines, totalMs: 2001, outPath: work.file('out.wav') })
    expect(placed).toEqual([
      { placedMs: 333, durationMs: 100 },
      { placedMs: 700, durationMs: 151 },
      { placedMs: 1950, durationMs: 51 },
    ])
    const out = await readLine(work.file('out.wav'), work)
    expect(out.length).toBe(2001 * 48)
    expect([out[15_983], out[15_984], out[20_783], out[20_784]]).toEqual([0, 1000, 1000, 0])
    expect([out[33_599], out[33_600], out[93_600], out.at(-1)]).toEqual([0, -2000, -2000, -2000])
  })

  it('loses no sample where two lines touch', async () => {
    const work = await testWork()
    await writeWav(work.file('a.wav'), new Int16Array(4800).fill(20_000), 48_000)
    const line = { path: work.file('a.wav'), durationMs: 100 }
    await placeLines({
      ...work,
      lines: [
        { ...line, atMs: 0 },
        { ...line, atMs: 50 },
      ],
      totalMs: 200,
      outPath: work.file('out.wav'),
    })
    const out = await readLine(work.file('out.wav'), work)
    expect([out[2399], out[2400], out[4799], out[4800]]).toEqual([20_000, 32_767, 32_767, 20_000])
    expect((await readFile(work.file('out.wav'))).length).toBe(44 + 9600 * 2)
  })
})
