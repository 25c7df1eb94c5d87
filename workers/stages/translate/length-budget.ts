import type { Cue } from '#domain/cue.ts'

/** Characters that a speaker says in a second without hurry, by script. */
const PER_SECOND = { dense: 5, other: 15 }
/** A short answer must be possible, however short its line is. */
const LEAST = 12

/** How many characters each line may have in `language` to be spoken by the time the next one starts. */
export function lengthBudgets(cues: readonly Cue[], durationMs: number, language: string): number[] {
  const pace = /^(?:zh|ja|ko|yue)\b/iu.test(language) ? PER_SECOND.dense : PER_SECOND.other
  return cues.map((cue, index) => {
    const untilMs = cues[index + 1]?.startMs ?? Math.max(durationMs, cue.endMs)
    // of a long pause only a little is borrowed: words should stay with their picture
    const roomMs = Math.min(untilMs - cue.startMs, (cue.endMs - cue.startMs) * 1.3 + 500)
    return Math.max(LEAST, Math.round((roomMs / 1000) * pace))
  })
}
