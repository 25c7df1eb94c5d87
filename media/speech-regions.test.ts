import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cutPcm } from './cut-pcm.ts'
import { speechPieces } from './speech-pieces.ts'
import { regionsOf, speechRegions } from './speech-regions.ts'
import { readWavFormat, wavHeader } from './wav.ts'

const RATE = 16_000
const signal = new AbortController().signal
let dir: string
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'dailies-regions-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

/** Sound of parts: [ms, amplitude of a 700 Hz voice, amplitude of a 60 Hz hum]. */
async function sound(parts: readonly (readonly [ms: number, voice: number, hum: number])[]): Promise<string> {
  const samples: number[] = []
  for (const [ms, voice, hum] of parts) {
    for (let i = 0; i < (ms * RATE) / 1000; i++) {
      const t = samples.length / RATE
      samples.push(voice * Math.sin(2 * Math.PI * 700 * t) + hum * Math.sin(2 * Math.PI * 60 * t))
    }
  }
  const pcm = Buffer.alloc(samples.length * 2)
  samples.forEach((sample, index) => pcm.writeInt16LE(Math.round(sample), index * 2))
  const file = path.join(dir, `${samples.length}-${parts.length}.wav`)
  await writeFile(file, Buffer.concat([wavHeader(samples.length, 1, RATE), pcm]))
  return file
}

describe('speechRegions', () => {
  it('finds what lies in the band of speech, over a loud hum', async () => {
    const file = await sound([
      [1000, 20, 9000],
      [2000, 6000, 9000],
      [800, 20, 9000],
      [1500, 6000, 9000],
      [700, 20, 9000],
    ])
    const regions = await speechRegions({ path: file, signal })
    expect(regions).toHaveLength(2)
    const [first, second] = regions
    for (const [found, real] of [
      [first?.startMs, 1000],
      [first?.endMs, 3000],
      [second?.startMs, 3800],
      [second?.endMs, 5300],
    ] as const) {
      expect(Math.abs((found ?? 0) - real)).toBeLessThan(60)
    }
  })

  it('bridges short gaps, drops clicks, and finds nothing in silence', async () => {
    expect(
      await speechRegions({
        path: await sound([
          [500, 0, 0],
          [600, 6000, 0],
          [150, 0, 0],
          [600, 6000, 0],
          [900, 0, 0],
        ]),
        signal,
      }),
    ).toHaveLength(1)
    expect(
      await speechRegions({
        path: await sound([
          [900, 0, 0],
          [60, 6000, 0],
          [900, 0, 0],
          [900, 6000, 0],
          [100, 0, 0],
        ]),
        signal,
      }),
    ).toHaveLength(1)
    expect(await speechRegions({ path: await sound([[1000, 0, 0]]), signal })).toEqual([])
    expect(regionsOf([])).toEqual([])
  })

  it('stops when it is cancelled', async () => {
    await expect(speechRegions({ path: await sound([[500, 6000, 0]]), signal: AbortSignal.abort() })).rejects.toThrow()
  })
})

describe('speechPieces', () => {
  const regions = fc
    .array(fc.tuple(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 150, max: 40_000 })), { maxLength: 30 })
    .map((list) => {
      let at = 0
      return list.map(([gap, length]) => {
        const startMs = at + gap
        at = startMs + length
        return { startMs, endMs: at }
      })
    })

  it('covers every region in pieces that stand in order, within the sound, not much longer than allowed', () => {
    fc.assert(
      fc.property(regions, (list) => {
        const totalMs = (list.at(-1)?.endMs ?? 0) + 100
        const pieces = speechPieces(list, { joinMs: 300, maxMs: 12_000, padMs: 120, totalMs })
        for (const [index, piece] of pieces.entries()) {
          expect(piece.startMs).toBeGreaterThanOrEqual(pieces[index - 1]?.endMs ?? 0)
          expect(piece.endMs).toBeGreaterThan(piece.startMs)
          expect(piece.endMs - piece.startMs).toBeLessThanOrEqual(12_000 + 240)
        }
        expect(pieces.at(-1)?.endMs ?? 0).toBeLessThanOrEqual(totalMs)
        const covered = (ms: number) => pieces.some((piece) => piece.startMs <= ms && ms <= piece.endMs)
        for (const { startMs, endMs } of list)
          expect(covered(startMs) && covered(endMs) && covered(Math.round((startMs + endMs) / 2))).toBe(true)
      }),
    )
  })
})

describe('cutPcm', () => {
  it('cuts to the sample, within what is there', async () => {
    const whole = await sound([[1000, 6000, 0]])
    const outPath = path.join(dir, 'cut.wav')
    await cutPcm({ path: whole, region: { startMs: 250, endMs: 700 }, outPath, as: 'wav' })
    expect(await readWavFormat(outPath)).toMatchObject({ frames: 7200, channels: 1, sampleRate: RATE })
    await cutPcm({ path: whole, region: { startMs: 900, endMs: 5000 }, outPath, as: 'wav' })
    expect(await readWavFormat(outPath)).toMatchObject({ frames: 1600 })
    await cutPcm({ path: whole, region: { startMs: 250, endMs: 700 }, outPath, as: 'raw' })
    expect((await readFile(whole)).subarray(44 + 8000, 44 + 8000 + 14_400).equals(await readFile(outPath))).toBe(true)
  })
})

it('reads an hour without its bytes in memory', async () => {
  const file = path.join(dir, 'long.wav')
  const frames = 16 * 1024 ** 2
  await writeFile(file, wavHeader(frames, 1, RATE))
  await truncate(file, 44 + frames * 2)
  const before = process.memoryUsage().arrayBuffers
  let most = 0
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().arrayBuffers - before)), 2)
  expect(await speechRegions({ path: file, signal })).toEqual([])
  clearInterval(timer)
  expect(most).toBeLessThan(8 * 1024 ** 2)
})
