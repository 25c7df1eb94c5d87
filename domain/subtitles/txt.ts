import type { Cue } from '../cue.ts'
import { cleanText } from './clean-text.ts'

/** A pause as long as this starts a paragraph, ms. */
const PARAGRAPH_MS = 2000

/** Writes the words alone, for reading: a paragraph per speaker and per long pause. Times are lost, so nothing reads it back. */
export function formatTxt(cues: readonly Cue[]): string {
  const paragraphs: string[] = []
  for (const [index, cue] of cues.entries()) {
    const before = cues[index - 1]
    const text = cleanText(cue.text).replaceAll('\n', ' ')
    const speaks = cue.speaker ? `${cue.speaker}: ${text}` : text
    if (!before || before.speaker !== cue.speaker) paragraphs.push(speaks)
    else if (cue.startMs - before.endMs >= PARAGRAPH_MS) paragraphs.push(text)
    else paragraphs[paragraphs.length - 1] += ` ${text}`
  }
  return `${paragraphs.join('\n\n')}\n`
}
