import type { Cue } from '#domain/cue.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import type { Review } from '#domain/review.ts'

/** How many lines a review shows at once, and how many flagged ones. */
const FIRST_LINES = 8
const MOST_FLAGGED = 20

/** A review with other cues: the files, first lines and flags are those of the cues; what was seen and heard stays. */
export function reviseReview(request: {
  readonly review: Review
  readonly cues: readonly Cue[]
  /** the source's cues, where a translation shows them beside its own */
  readonly sourceCues: readonly Cue[] | undefined
  readonly cuesFile: ArtifactRef
  readonly subtitlesFile: ArtifactRef
}): Review {
  const { review, cues } = request
  const aligned = request.sourceCues?.length === cues.length ? request.sourceCues : undefined
  const flagged = cues.flatMap((cue, index) =>
    (cue.flags ?? []).map((flag) => ({ line: index + 1, flag, text: cue.text })),
  )
  return {
    ...review,
    cues: request.cuesFile,
    subtitles: request.subtitlesFile,
    firstLines: cues.slice(0, FIRST_LINES).map((cue, index) => {
      const source = aligned?.[index]?.text
      return { line: index + 1, startMs: cue.startMs, text: cue.text, ...(source === undefined ? {} : { source }) }
    }),
    lines: cues.length,
    flagged: flagged.slice(0, MOST_FLAGGED),
    flaggedCount: flagged.length,
  }
}
