import { AppError } from '#core/errors.ts'

/** Of ten lines, three that need a look are too many to go on unseen. */
const DOUBTFUL_SHARE = 0.3

/**
 * What a stage made, when enough of it is good; else the same as a doubt, which opens the checkpoint after it even where
 * people asked not to be asked. @throws LOW_QUALITY {reason, output, flagged, lines}
 */
export function unlessDoubtful<T>(
  output: T,
  reason: 'uncertain' | 'untranslated' | 'bad_fit',
  flagged: number,
  lines: number,
): T {
  if (lines === 0 || flagged / lines < DOUBTFUL_SHARE) return output
  throw new AppError('LOW_QUALITY', `${flagged} of ${lines} lines: ${reason}`, {
    data: { reason, output, flagged, lines },
  })
}
