import type { TimedWord } from '../define.ts'

/** frames of the decoder per second (-frate) */
const FRAMES_PER_SECOND = 100

/**
 * Reads what `-hypseg` writes, one utterance a line:
 * `<id> S <scale> T <total> A <acoustic> L <language> <start frame> (<ascr> <lscr> <word> <end frame>)…`.
 * Returns the words by utterance id, times in ms from the utterance's start; silence and noise are left out.
 */
export function parseSegmentation(text: string): Map<string, TimedWord[]> {
  const utterances = new Map<string, TimedWord[]>()
  for (const line of text.split('\n')) {
    const found = /^(\S+) S \S+ T \S+ A \S+ L \S+ (\d+)(.*)$/u.exec(line)
    if (!found) continue
    const [, id = '', first = '0', rest = ''] = found
    utterances.set(id, words(rest.trim().split(/\s+/u), Number(first)))
  }
  return utterances
}

function words(tokens: readonly string[], first: number): TimedWord[] {
  const found: TimedWord[] = []
  let start = first
  for (let at = 0; at + 3 < tokens.length; at += 4) {
    const end = Number(tokens[at + 3])
    // 'to(3)' is the third pronunciation of 'to'
    const text = (tokens[at + 2] ?? '').replace(/\(\d+\)$/u, '')
    if (!/^(<.*>|\[.*\]|\+\+.*\+\+)$/u.test(text) && end > start)
      found.push({ startMs: ms(start), endMs: ms(end), text })
    start = end
  }
  return found
}

function ms(frame: number): number {
  return Math.round((frame * 1000) / FRAMES_PER_SECOND)
}
