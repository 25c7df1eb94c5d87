import type { FitLine } from './fit-line.ts'
import { FIT_LIMITS } from './limits.ts'
import { nextStarts } from './next-starts.ts'

/** A line whose speech, as measured, is longer than the time it has, the following gap included. */
export interface Overlong {
  readonly index: number
  /** time until the next line, ms: what a rewrite should take */
  readonly roomMs: number
  readonly speechMs: number
}

/** Speeding up by less than this is not worth other words. */
const UNNOTICED_TEMPO = 1.03

/** The lines for which a shorter wording should be asked: the rung after borrowing the gap, before any speeding up. */
export function overlong(lines: readonly FitLine[], totalMs: number): Overlong[] {
  const next = nextStarts(lines, totalMs)
  return lines.flatMap((line, index) => {
    const nextMs = next[index] ?? totalMs
    const roomMs = Math.max(0, nextMs - (nextMs === totalMs ? 0 : FIT_LIMITS.breathMs) - line.startMs)
    return line.speechMs > roomMs * UNNOTICED_TEMPO ? [{ index, roomMs, speechMs: line.speechMs }] : []
  })
}
