import { expect, it } from 'vitest'
import { makeSyncReport } from '#domain/fit/sync-report.ts'
import { measureLoudness } from '#media/measure-loudness.ts'
import { make } from '#media/test-media.ts'
import { testBench } from '#test/builders/bench-folder.ts'
import { mixStage } from './run.ts'

/** Mixes 8 s of original sound with a dub that speaks from 2 to 4 s. */
async function mixed(bed: 'keep' | 'duck' | 'drop') {
  const bench = await testBench()
  const original = await bench.upload(
    await make(bench.file('original.flac'), '-f', 'lavfi', '-i', 'sine=f=220:r=48000:d=8', '-ac', '2'),
  )
  const speech = await bench.upload(
    await make(
      bench.file('speech.wav'),
      '-f',
      'lavfi',
      '-i',
      'sine=f=880:r=48000:d=2',
      '-af',
      'adelay=2000,apad=whole_dur=8',
    ),
  )
  const line = {
    startMs: 2000,
    endMs: 4000,
    speechMs: 2000,
    placedMs: 2000,
    durationMs: 2000,
    late: false,
    cut: false,
    tempo: 1,
    rewritten: false,
  }
  const report = makeSyncReport({ language: 'es', lines: [line], producedMs: 8000, totalMs: 8000 })
  const context = await bench.context()
  const text = await context.artifacts.saveText({
    text: JSON.stringify(report),
    kind: 'report',
    mime: 'application/json',
    name: 'sync.json',
  })
  const out = await bench.run(mixStage, { original, speech, report: text, bed, durationMs: 8000 })
  /** loudness of what is left of the bed (below 500 Hz) in a stretch */
  const bedLevel = async (from: number, to: number) => {
    const part = await make(
      bench.file(`${from}.wav`),
      '-ss',
      String(from),
      '-to',
      String(to),
      '-i',
      await bench.path(out.audio),
      '-af',
      'lowpass=f=400,lowpass=f=400',
    )
    return (await measureLoudness(part, context)).integratedLufs
  }
  return { out, before: await bedLevel(0, 1.5), during: await bedLevel(2.2, 3.8) }
}

it('lowers the bed under speech, keeps it, or drops it', async () => {
  const duck = await mixed('duck')
  expect(duck.before - duck.during).toBeGreaterThan(12)
  const keep = await mixed('keep')
  expect(Math.abs(keep.before - keep.during)).toBeLessThan(4)
  const drop = await mixed('drop')
  expect(drop.before).toBeLessThan(duck.before - 20)
  for (const { out } of [duck, keep, drop]) {
    expect(Math.abs((out.loudness?.integratedLufs ?? 0) + 14)).toBeLessThanOrEqual(1)
    expect(out.loudness?.truePeakDbtp).toBeLessThanOrEqual(-1)
    expect(out.audio.durationMs).toBe(8000)
  }
}, 60_000)
