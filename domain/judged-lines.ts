import type { Cue } from './cue.ts'
import type { Review } from './review.ts'

const FIRST_LINES = 8
const MOST_FLAGGED = 20

/** What a review shows of its cues: the first lines (beside their source where the lines match), how many, and what is flagged. */
export function judgedLines(
  cues: readonly Cue[],
  sourceCues: readonly Cue[] = [],
): Pick<Review, 'firstLines' | 'lines' | 'flagged' | 'flaggedCount'> {
  const aligned = sourceCues.length === cues.length
  const flagged = cues.flatMap((cue, index) =>
    (cue.flags ?? []).map((flag) => ({ line: index + 1, flag, text: cue.text })),
  )
  return {
    firstLines: cues.slice(0, FIRST_LINES).map((cue, index) => {
      const source = aligned ? sourceCues[index]?.text : undefined
      return { line: index + 1, startMs: cue.startMs, text: cue.text, ...(source === undefined ? {} : { source }) }
    }),
    lines: cues.length,
    flagged: flagged.slice(0, MOST_FLAGGED),
    flaggedCount: flagged.length,
  }
}
