import { FIT_LIMITS } from './limits.ts'

/** The least that is known of a line to bound it. Times in ms. */
export interface BoundedLine {
  readonly startMs: number
  readonly endMs: number
  /** the shortest that its sound can be made without cutting; 0: not heard */
  readonly shortestMs: number
}

/** How far back a line may be pushed: the latest it may start and the latest its sound may end, ms. */
export interface Latest {
  readonly startMs: number
  readonly endMs: number
}

/**
 * The latest start and end of every line, from the last back to the first: a line may be 1.0 s late, but never so late that
 * it, and the lines after it, lose the room that they had in the original. Whoever keeps to these bounds never overlaps and
 * never outlives the source. Lines that are not heard take no room.
 */
export function latest(lines: readonly BoundedLine[], totalMs: number): Latest[] {
  const bounds: Latest[] = []
  let next = totalMs
  for (const line of lines.toReversed()) {
    const onTimeMs = Math.min(line.startMs, totalMs)
    if (line.shortestMs <= 0) {
      bounds.push({ startMs: onTimeMs, endMs: onTimeMs })
      continue
    }
    const endMs = next
    const roomMs = Math.min(line.shortestMs, line.endMs - line.startMs)
    const startMs = Math.min(onTimeMs + FIT_LIMITS.maxLateMs, Math.max(onTimeMs, endMs - roomMs))
    bounds.push({ startMs, endMs })
    next = startMs
  }
  return bounds.toReversed()
}
