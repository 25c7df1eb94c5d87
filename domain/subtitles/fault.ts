import { AppError } from '#core/errors.ts'

/** What is wrong with a subtitle file: words keys under `errors.subtitles.`. */
export type SubtitleFault =
  | 'empty'
  | 'no_times'
  | 'bad_time'
  | 'negative'
  | 'end_before_start'
  | 'overlap'
  | 'too_many'
  | 'bad_json'
  | 'unknown_format'

/** BAD_SUBTITLES at a line of the file (1-based), with the reason as a stable word. */
export function badSubtitles(reason: SubtitleFault, line: number, cause?: unknown): AppError {
  return new AppError('BAD_SUBTITLES', `subtitles: ${reason} at line ${line}`, { data: { reason, line }, cause })
}
