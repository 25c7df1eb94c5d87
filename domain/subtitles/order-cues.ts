import type { Cue } from '../cue.ts'
import { cleanText } from './clean-text.ts'
import { badSubtitles } from './fault.ts'

/** A cue with the line of the file (1-based) where its times stand. */
export interface ReadCue extends Cue {
  readonly line: number
}

/** `refuse`: somebody's own file, where a doubt must be asked. `clip`: captions of a site, which overlap by habit. */
export type Overlaps = 'refuse' | 'clip'

/** A day of speech has about 20,000 lines. */
const MAX_CUES = 50_000
/** Formats that round to 10 ms make overlaps of that size; nothing is lost by closing them. */
const ROUNDING_MS = 10
/** Rolling captions repeat a line in the cue that follows at once. */
const TOUCHING_MS = 20

/**
 * Cues in order of time without overlap or empty text. A cue whose text is empty is how people delete a line.
 * Throws BAD_SUBTITLES `end_before_start`, `overlap`, `too_many` or `empty`, with the line.
 */
export function orderCues(read: readonly ReadCue[], overlaps: Overlaps): Cue[] {
  if (read.length > MAX_CUES) throw badSubtitles('too_many', read[MAX_CUES]?.line ?? 1)
  const cues: ReadCue[] = []
  for (const cue of read) {
    const text = cleanText(cue.text)
    const backwards = cue.endMs <= cue.startMs
    if (backwards && overlaps === 'refuse') throw badSubtitles('end_before_start', cue.line)
    if (text !== '' && !backwards) cues.push({ ...cue, text })
  }
  if (cues.length === 0) throw badSubtitles('empty', 1)
  // a file may list cues out of order: the times say where they belong
  cues.sort((a, b) => a.startMs - b.startMs || a.line - b.line)
  return overlaps === 'clip' ? clip(cues) : refuse(cues)
}

function refuse(cues: readonly ReadCue[]): Cue[] {
  return cues.map((cue, index) => {
    const next = cues[index + 1]
    const over = next ? cue.endMs - next.startMs : 0
    if (next && (over > ROUNDING_MS || next.startMs <= cue.startMs)) {
      throw badSubtitles('overlap', Math.max(cue.line, next.line))
    }
    return plain(cue, over > 0 ? cue.endMs - over : cue.endMs)
  })
}

/** Rolling captions show a line twice or let it stand into the next one: each is kept once and ends where the next starts. */
function clip(cues: readonly ReadCue[]): Cue[] {
  const kept: Cue[] = []
  for (const cue of cues) {
    const last = kept.at(-1)
    const fresh = last && cue.startMs <= last.endMs + TOUCHING_MS ? withoutRepeat(last.text, cue.text) : cue.text
    if (last && (fresh === '' || cue.startMs === last.startMs)) {
      last.endMs = Math.max(last.endMs, cue.endMs)
      if (fresh !== '') last.text = `${last.text}\n${fresh}`
      continue
    }
    if (last && last.endMs > cue.startMs) last.endMs = cue.startMs
    kept.push(plain({ ...cue, text: fresh }, cue.endMs))
  }
  return kept
}

/** The lines of `text` without those at its head with which `before` ended. */
function withoutRepeat(before: string, text: string): string {
  const shown = before.split('\n')
  const lines = text.split('\n')
  for (let take = Math.min(shown.length, lines.length); take > 0; take--) {
    if (shown.slice(-take).join('\n') === lines.slice(0, take).join('\n')) return lines.slice(take).join('\n')
  }
  return text
}

function plain(cue: ReadCue, endMs: number): Cue {
  return {
    startMs: cue.startMs,
    endMs,
    text: cue.text,
    ...(cue.speaker ? { speaker: cue.speaker } : {}),
    ...(cue.flags ? { flags: cue.flags } : {}),
  }
}
