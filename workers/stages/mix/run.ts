import path from 'node:path'
import { type SyncReport, syncReport } from '#domain/fit/sync-report.ts'
import { mixBed } from '#media/mix-bed.ts'
import { normalizeLoudness } from '#media/normalize-loudness.ts'
import { defineStage } from '../define.ts'
import { mix } from './contract.ts'

/** Mixing is about half of the work; levelling is the rest. */
const MIXED = 0.5

export const mixStage = defineStage(mix, {
  async run({ original, speech, report, bed, durationMs }, ctx) {
    const { lines } = await ctx.artifacts.readJson(report, syncReport)
    const work = { signal: ctx.signal, workDir: ctx.workDir }
    const mixed = path.join(ctx.workDir, 'mixed.wav')
    await mixBed({
      ...work,
      bed,
      original: await ctx.artifacts.path(original),
      speech: await ctx.artifacts.path(speech),
      speechRegions: spoken(lines),
      totalMs: durationMs,
      outPath: mixed,
      onProgress: (ratio) => ctx.progress({ ratio: ratio * MIXED, note: { key: 'mixing', values: {} } }),
    })
    const levelled = path.join(ctx.workDir, 'dub.wav')
    const { integratedLufs, truePeakDbtp } = await normalizeLoudness({ ...work, path: mixed, outPath: levelled })
    const { language } = speech
    const audio = await ctx.artifacts.save({
      path: levelled,
      kind: 'mix',
      mime: 'audio/wav',
      name: 'dub.wav',
      language,
      durationMs,
    })
    return { audio, loudness: { integratedLufs, truePeakDbtp } }
  },
})

/** Where anybody speaks: the original voice and the dub. Both are what the bed is lowered for. */
function spoken(lines: SyncReport['lines']): { startMs: number; endMs: number }[] {
  return lines.flatMap((line) => {
    // a line without a voice keeps its original loud: better than silence
    if (!line.voiced) return []
    return [
      { startMs: line.startMs, endMs: line.endMs },
      { startMs: line.placedMs, endMs: line.placedMs + line.durationMs },
    ]
  })
}
