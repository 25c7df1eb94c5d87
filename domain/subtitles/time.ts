import { badSubtitles } from './fault.ts'

/** `1:02:03.5`, `00:00:01,000`, `02:03.450`, with a sign so that negative times are named as such. */
const TIME = /^(-?)(?:(\d{1,5}):)?(-?)(\d{1,3}):(-?)(\d{1,3})(?:[.,:](\d{1,9}))?$/u

/**
 * A time stamp of srt, vtt or ass in ms (fractions beyond ms are cut off).
 * Throws BAD_SUBTITLES `negative` or `bad_time` with the line.
 */
export function parseTime(stamp: string, line: number): number {
  const match = TIME.exec(stamp.trim())
  if (!match) throw badSubtitles('bad_time', line)
  const [, sign, hours, signMinutes, minutes, signSeconds, seconds, fraction] = match
  if (sign || signMinutes || signSeconds) throw badSubtitles('negative', line)
  if (Number(minutes) > 59 || Number(seconds) > 59) throw badSubtitles('bad_time', line)
  const ms = Number((fraction ?? '0').padEnd(3, '0').slice(0, 3))
  return (Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000 + ms
}

/** `HH:MM:SS<mark>mmm`; hours grow beyond two digits. */
export function formatTime(ms: number, mark: ',' | '.'): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const clock = `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}`
  return `${clock}${mark}${String(ms % 1000).padStart(3, '0')}`
}
