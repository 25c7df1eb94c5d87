import { z } from 'zod'
import { syncLine, syncSummary, type SyncLine, type SyncSummary } from '../sync.ts'
import type { FitLine } from './fit-line.ts'
import { nextStarts } from './next-starts.ts'
import type { Placement } from './placements.ts'

/** How every line sits, and what that amounts to: an artifact of each dub. */
export const syncReport = z.object({ language: z.string(), summary: syncSummary, lines: z.array(syncLine) })
export type SyncReport = z.output<typeof syncReport>

/** A placed line with what was done to it before. */
export interface FittedLine extends FitLine, Placement {
  readonly tempo: number
  readonly rewritten: boolean
}

/** The sync report of placed lines. `producedMs`: measured length of the produced sound; `totalMs`: of the source. */
export function makeSyncReport(request: {
  readonly language: string
  readonly lines: readonly FittedLine[]
  readonly producedMs: number
  readonly totalMs: number
}): SyncReport {
  const lines = syncLines(request.lines, request.totalMs)
  return { language: request.language, summary: summarize(lines, request.producedMs - request.totalMs), lines }
}

function syncLines(all: readonly FittedLine[], totalMs: number): SyncLine[] {
  const nextPlaced = nextPlacedMs(all, totalMs)
  let freeMs = 0
  return all.map((line, index) => {
    const voiced = line.speechMs > 0
    const endMs = line.placedMs + line.durationMs
    const overlapMs = voiced ? Math.max(0, freeMs - line.placedMs) : 0
    if (voiced) freeMs = endMs
    return {
      index,
      startMs: line.startMs,
      endMs: line.endMs,
      placedMs: line.placedMs,
      durationMs: line.durationMs,
      startErrorMs: voiced ? line.placedMs - line.startMs : 0,
      tempo: line.tempo,
      slackMs: voiced ? (nextPlaced[index] ?? totalMs) - endMs : 0,
      overlapMs,
      rewritten: line.rewritten,
      late: line.late,
      cut: line.cut,
      voiced,
    }
  })
}

function nextPlacedMs(all: readonly FittedLine[], totalMs: number): number[] {
  return nextStarts(
    all.map((line) => ({ startMs: line.placedMs, speechMs: line.speechMs })),
    totalMs,
  )
}

function summarize(lines: readonly SyncLine[], driftMs: number): SyncSummary {
  const voiced = lines.filter((line) => line.voiced)
  const speeds = voiced.map((line) => line.tempo).toSorted((a, b) => a - b)
  return {
    lines: lines.length,
    onTime: voiced.filter((line) => !line.late).length,
    late: voiced.filter((line) => line.late).length,
    cut: voiced.filter((line) => line.cut).length,
    unvoiced: lines.length - voiced.length,
    rewritten: voiced.filter((line) => line.rewritten).length,
    maxStartErrorMs: voiced.reduce((most, line) => Math.max(most, Math.abs(line.startErrorMs)), 0),
    medianTempo: speeds[Math.floor(speeds.length / 2)] ?? 1,
    maxTempo: speeds.at(-1) ?? 1,
    driftMs,
  }
}
