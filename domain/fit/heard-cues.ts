import type { Cue } from '../cue.ts'
import type { Placement } from './placements.ts'

/**
 * The cues with the times at which they are heard: what captions of the dub show. A line stays at least as long as its
 * original did, where the next one leaves room. In order, without overlap, each at least 1 ms.
 */
export function heardCues(cues: readonly Cue[], placed: readonly Placement[]): Cue[] {
  let freeMs = 0
  const starts = cues.map((cue, index) => {
    const startMs = Math.max(freeMs, placed[index]?.placedMs ?? cue.startMs)
    freeMs = startMs + 1
    return startMs
  })
  return cues.map((cue, index) => {
    const startMs = starts[index] ?? cue.startMs
    const soundEndMs = (placed[index]?.placedMs ?? 0) + (placed[index]?.durationMs ?? 0)
    const wishMs = Math.max(startMs + 1, soundEndMs, cue.endMs)
    return { ...cue, startMs, endMs: Math.min(wishMs, starts[index + 1] ?? wishMs) }
  })
}
