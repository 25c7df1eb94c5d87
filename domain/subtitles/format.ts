import type { CueList } from '../cue.ts'
import { formatAss } from './ass.ts'
import { formatJson } from './json.ts'
import { formatSrt } from './srt.ts'
import { formatTxt } from './txt.ts'
import { formatVtt } from './vtt.ts'

/** The formats a transcript or captions can be written in, with their media types. */
export const SUBTITLE_MIMES = {
  ass: 'text/x-ssa',
  json: 'application/json',
  srt: 'application/x-subrip',
  txt: 'text/plain',
  vtt: 'text/vtt',
} as const
export type SubtitleFormat = keyof typeof SUBTITLE_MIMES

/** Writes cues in the format; every writer escapes what its format would read as markup. */
export function formatSubtitles(format: SubtitleFormat, list: CueList): string {
  if (format === 'ass') return formatAss(list.cues)
  if (format === 'json') return formatJson(list)
  if (format === 'srt') return formatSrt(list.cues)
  if (format === 'txt') return formatTxt(list.cues)
  return formatVtt(list.cues, list.language === 'und' ? undefined : list.language)
}
