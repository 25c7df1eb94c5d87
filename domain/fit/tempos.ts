import type { FitLine } from './fit-line.ts'
import { latest } from './latest.ts'
import { FIT_LIMITS } from './limits.ts'
import { nextStarts } from './next-starts.ts'

/**
 * How fast each line must be spoken: 1 where the gap after it is enough, else what brings it to the next line's start, else
 * (it will end late) the most that is allowed. A late line may speed up too, to be on time again at the next gap.
 */
export function tempos(lines: readonly FitLine[], totalMs: number): number[] {
  const shortest = lines.map((line) => ({ ...line, shortestMs: Math.ceil(line.speechMs / FIT_LIMITS.maxTempo) }))
  const bounds = latest(shortest, totalMs)
  const next = nextStarts(lines, totalMs)
  let freeMs = 0
  return lines.map((line, index) => {
    if (line.speechMs <= 0) return 1
    const startMs = Math.max(line.startMs, freeMs)
    const tempo = tempoFor(line.speechMs, startMs, next[index] ?? totalMs, totalMs)
    freeMs = Math.min(startMs + Math.ceil(line.speechMs / tempo), bounds[index]?.endMs ?? totalMs)
    return tempo
  })
}

/** Stretchers are not exact to the ms: aim a little short of the room. */
const MARGIN_MS = 8

function tempoFor(speechMs: number, startMs: number, nextMs: number, totalMs: number): number {
  const breathMs = nextMs === totalMs ? 0 : FIT_LIMITS.breathMs
  const relaxedMs = nextMs - breathMs - startMs
  if (speechMs <= relaxedMs) return 1
  const relaxed = needed(speechMs, relaxedMs - MARGIN_MS)
  if (relaxed <= FIT_LIMITS.comfortableTempo) return relaxed
  // rather no breath than an unnatural tempo; rather the most that is allowed than late
  return Math.min(
    FIT_LIMITS.maxTempo,
    Math.max(FIT_LIMITS.comfortableTempo, needed(speechMs, nextMs - startMs - MARGIN_MS)),
  )
}

/** Rounded up to a thousandth, so that the result is never too long. */
function needed(speechMs: number, roomMs: number): number {
  return roomMs <= 0 ? FIT_LIMITS.maxTempo : Math.max(1, Math.ceil((speechMs / roomMs) * 1000) / 1000)
}
