import { cueList, type CueList } from '../cue.ts'
import { badSubtitles } from './fault.ts'
import { orderCues } from './order-cues.ts'
import { refuseLongLines } from './text-lines.ts'

/** Reads our own JSON: `{language, cues: [{startMs, endMs, text, speaker?, flags?}]}`. `line` in errors is the cue's number. */
export function parseJson(text: string): CueList {
  if (text.trim() === '') throw badSubtitles('empty', 1)
  const parsed = cueList.safeParse(readJson(text))
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const at = issue?.path[1]
    const negative = issue?.code === 'too_small' && issue.path.at(-1) === 'startMs'
    throw badSubtitles(negative ? 'negative' : 'bad_json', typeof at === 'number' ? at + 1 : 1, parsed.error)
  }
  refuseLongLines(parsed.data.cues.map((cue) => cue.text))
  const numbered = parsed.data.cues.map((cue, index) => ({ ...cue, line: index + 1 }))
  return { language: parsed.data.language, cues: orderCues(numbered, 'refuse') }
}

/** Writes our own JSON, one cue a line so that people and diffs can read it. */
export function formatJson(list: CueList): string {
  const cues = list.cues.map((cue) => `    ${JSON.stringify(cue)}`).join(',\n')
  return `{\n  "language": ${JSON.stringify(list.language)},\n  "cues": [\n${cues}\n  ]\n}\n`
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/u, ''))
  } catch (error) {
    throw badSubtitles('bad_json', 1, error)
  }
}
