import type { Cue } from '../cue.ts'
import { cleanText } from './clean-text.ts'
import { badSubtitles } from './fault.ts'
import { orderCues, type Overlaps, type ReadCue } from './order-cues.ts'
import { textLines } from './text-lines.ts'
import { formatTime, parseTime } from './time.ts'

const COLUMNS = ['Layer', 'Start', 'End', 'Style', 'Name', 'MarginL', 'MarginR', 'MarginV', 'Effect', 'Text']
/** Keeps a backslash a backslash: ASS has no escape for it, and `\N` inside a text would break the line (mpv does the same). */
const WORD_JOINER = '\u2060'

/**
 * Reads the dialogue of ASS and SSA: names become speakers, overrides and drawings are dropped.
 * Throws BAD_SUBTITLES {line, reason} for what would lose something.
 */
export function parseAss(text: string, overlaps: Overlaps = 'refuse'): Cue[] {
  let columns = COLUMNS
  const cues: ReadCue[] = []
  let events = false
  for (const [index, line] of textLines(text).entries()) {
    const [, key, value] = /^\s*(\w+)\s*:(.*)$/u.exec(line) ?? []
    if (/^\s*\[/u.test(line)) events = /^\s*\[events\]/iu.test(line)
    else if (events && key === 'Format') columns = (value ?? '').split(',').map((name) => name.trim())
    else if (events && key === 'Dialogue') cues.push(readDialogue(value ?? '', columns, index + 1))
  }
  if (cues.length === 0) throw badSubtitles('no_times', 1)
  return orderCues(cues, overlaps)
}

/** Writes ASS for a 1920×1080 picture. Braces and backslashes of the text are escaped: no text can become an override. */
export function formatAss(cues: readonly Cue[]): string {
  return `${HEAD}${cues.map(writeDialogue).join('')}`
}

const HEAD = `[Script Info]
ScriptType: v4.00+
PlayResX: 1920
PlayResY: 1080
WrapStyle: 2
ScaledBorderAndShadow: yes

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Noto Sans,64,&H00FFFFFF,&H000000FF,&H00101010,&H80000000,0,0,0,0,100,100,0,0,1,3,1,2,120,120,64,1

[Events]
Format: ${COLUMNS.join(', ')}
`

function writeDialogue(cue: Cue): string {
  const start = Math.floor(cue.startMs / 10)
  // both ends are rounded down, so neighbours never overlap; a cue keeps at least one centisecond
  const end = Math.max(start + 1, Math.floor(cue.endMs / 10))
  const name = cleanText(cue.speaker ?? '').replaceAll(/[,\n]/gu, ' ')
  return `Dialogue: 0,${stamp(start)},${stamp(end)},Default,${name},0,0,0,,${escape(cleanText(cue.text))}\n`
}

/** `H:MM:SS.cc` */
function stamp(centiseconds: number): string {
  return formatTime(centiseconds * 10, '.')
    .replace(/^0/u, '')
    .slice(0, -1)
}

function escape(text: string): string {
  return text.replaceAll('\\', `\\${WORD_JOINER}`).replaceAll('{', '\\{').replaceAll('}', '\\}').replaceAll('\n', '\\N')
}

function readDialogue(value: string, columns: readonly string[], line: number): ReadCue {
  const fields = value.split(',')
  const field = (name: string) => (fields[columns.indexOf(name)] ?? '').trim()
  // the text is the last column and may hold commas
  const text = fields.slice(columns.length - 1).join(',')
  const speaker = field('Name') || field('Actor')
  return {
    startMs: parseTime(field('Start'), line),
    endMs: parseTime(field('End'), line),
    text: /\{[^}]*\\p[1-9]/u.test(text) ? '' : unescape(text),
    ...(speaker ? { speaker } : {}),
    line,
  }
}

/** One pass, so that what an escape yields is never read again. */
function unescape(text: string): string {
  return text.replaceAll(/\\\u2060|\\[{}Nnh]|\{[^}]*\}/gu, (token) => {
    if (token === `\\${WORD_JOINER}`) return '\\'
    if (token === '\\{' || token === '\\}') return token.slice(1)
    if (token === '\\N' || token === '\\n') return '\n'
    return token === '\\h' ? '\u00A0' : ''
  })
}
