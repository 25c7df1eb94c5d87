import { AppError } from '#core/errors.ts'
import { badSubtitles } from './fault.ts'

/** The longest physical line that is read as a subtitle, in UTF-16 units: no speaker says more in one cue. */
export const MAX_LINE_LENGTH = 5000

/**
 * The lines of a subtitle file, whatever its line ends, without a byte order mark.
 * Throws BAD_SUBTITLES `empty` and LINE_TOO_LONG {line, limit}.
 */
export function textLines(text: string): string[] {
  const lines = text.replace(/^\uFEFF/u, '').split(/\r\n|\r|\n/u)
  refuseLongLines(lines)
  if (lines.every((line) => line.trim() === '')) throw badSubtitles('empty', 1)
  return lines
}

/** Throws LINE_TOO_LONG {line, limit} for the first (1-based) that nobody could say in one cue. */
export function refuseLongLines(lines: readonly string[]): void {
  const index = lines.findIndex((line) => line.length > MAX_LINE_LENGTH)
  if (index < 0) return
  throw new AppError('LINE_TOO_LONG', `line ${index + 1} is longer than ${MAX_LINE_LENGTH} characters`, {
    data: { line: index + 1, limit: MAX_LINE_LENGTH },
  })
}
