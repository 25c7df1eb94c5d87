import type { CueList } from '../cue.ts'
import { parseAss } from './ass.ts'
import { badSubtitles } from './fault.ts'
import { parseJson } from './json.ts'
import type { Overlaps } from './order-cues.ts'
import { parseSrt } from './srt.ts'
import { parseVtt } from './vtt.ts'

export interface ParseOptions {
  /** BCP 47, for formats that do not say it themselves */
  readonly language?: string
  /** `clip` for captions fetched from a site; a person's own file is refused with the line */
  readonly overlaps?: Overlaps
}

/**
 * Reads a subtitle file by what is in it; `name` decides only where that is unclear. Language 'und' when nobody says it.
 * Throws BAD_SUBTITLES {line, reason} and LINE_TOO_LONG {line, limit}.
 */
export function parseSubtitles(name: string, text: string, options: ParseOptions = {}): CueList {
  const overlaps = options.overlaps ?? 'refuse'
  const head = text
    .slice(0, 4000)
    .replace(/^\uFEFF/u, '')
    .trimStart()
  if (head.startsWith('{') && !head.startsWith('{\\')) return parseJson(text)
  const language = options.language ?? /^WEBVTT[^\n]*\nLanguage:\s*(\S+)/u.exec(head)?.[1] ?? 'und'
  if (head.startsWith('WEBVTT')) return { language, cues: parseVtt(text, overlaps) }
  if (/^\[script info\]/iu.test(head) || /\.(ass|ssa)$/iu.test(name))
    return { language, cues: parseAss(text, overlaps) }
  if (/^(<!doctype|<html|<\?xml|<svg)/iu.test(head)) throw badSubtitles('unknown_format', 1)
  return { language, cues: parseSrt(text, overlaps) }
}
