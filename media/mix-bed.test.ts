import { expect, it, vi } from 'vitest'
import { measureLoudness } from './measure-loudness.ts'
import { type MixRequest, mixBed } from './mix-bed.ts'
import { normalizeLoudness } from './normalize-loudness.ts'
import { make, testWork } from './test-media.ts'
import { readWavFormat } from './wav.ts'

// real tools, on machines that do other things too
vi.setConfig({ testTimeout: 120_000 })

type Work = Awaited<ReturnType<typeof testWork>>

/** 12 s: a bed of 200 Hz all along, and a dub of 1 kHz from 4 to 8 s. */
async function mixed(work: Work, bed: MixRequest['bed']): Promise<string> {
  const original = await make(work.file('full.flac'), '-f', 'lavfi', '-i', 'sine=f=200:r=48000:d=12', '-ac', '2')
  const speech = await make(
    work.file('speech.wav'),
    '-f',
    'lavfi',
    '-i',
    "aevalsrc='if(between(t,4,8),0.3*sin(2*PI*1000*t),0)':s=48000:d=11.5",
  )
  const outPath = work.file(`${bed}.wav`)
  await mixBed({
    workDir: work.workDir,
    signal: work.signal,
    bed,
    original,
    speech,
    speechRegions: [{ startMs: 4000, endMs: 8000 }],
    totalMs: 12_001,
    outPath,
  })
  return outPath
}

/** Level in dB between two times, of what passes the filter. */
async function level(work: Work, file: string, from: number, to: number, filter: string): Promise<number> {
  const part = await make(
    work.file('part.wav'),
    '-i',
    file,
    '-af',
    `atrim=${from}:${to},asetpts=PTS-STARTPTS,${filter}`,
  )
  return (await measureLoudness(part, work)).integratedLufs
}

const BED = 'lowpass=f=400,lowpass=f=400,lowpass=f=400'
const DUB = 'highpass=f=700,highpass=f=700,highpass=f=700'

it('duck: lowers the bed 19 dB under speech, and by nothing elsewhere', async () => {
  const work = await testWork()
  const file = await mixed(work, 'duck')
  expect(await readWavFormat(file)).toMatchObject({ frames: 12_001 * 48, channels: 2, sampleRate: 48_000 })
  const outside = await level(work, file, 0, 3.8, BED)
  const inside = await level(work, file, 4.1, 7.9, BED)
  expect(outside - inside).toBeGreaterThan(18)
  expect(outside - inside).toBeLessThan(20)
  expect(Math.abs(outside - (await level(work, file, 8.3, 12, BED)))).toBeLessThan(0.5)
  expect((await level(work, file, 4.1, 7.9, DUB)) - inside).toBeGreaterThan(15)
})

it('keep: leaves the bed as loud as it was', async () => {
  const work = await testWork()
  const file = await mixed(work, 'keep')
  expect(Math.abs((await level(work, file, 0, 3.8, BED)) - (await level(work, file, 4.1, 7.9, BED)))).toBeLessThan(1)
})

it('drop: leaves room tone instead of dead silence, before and after normalizing', async () => {
  const work = await testWork()
  const file = await mixed(work, 'drop')
  const result = await normalizeLoudness({ ...work, path: file, outPath: work.file('out.wav') })
  expect(Math.abs(result.integratedLufs - -14)).toBeLessThan(0.5)
  const { truePeakDbtp } = await measureLoudness(
    await make(work.file('start.wav'), '-i', work.file('out.wav'), '-t', '3'),
    work,
  )
  expect(truePeakDbtp).toBeGreaterThan(-80)
  expect(truePeakDbtp).toBeLessThan(-45)
})

it('makes the same bytes twice', async () => {
  const work = await testWork()
  const { readFile } = await import('node:fs/promises')
  const first = await readFile(await mixed(work, 'duck'))
  expect(first.equals(await readFile(await mixed(work, 'duck')))).toBe(true)
})
