import type { Cue } from '../cue.ts'
import { cleanText } from './clean-text.ts'
import { badSubtitles } from './fault.ts'
import { orderCues, type Overlaps, type ReadCue } from './order-cues.ts'
import { textLines } from './text-lines.ts'
import { formatTime, parseTime } from './time.ts'

/**
 * Reads SubRip. Tolerates a byte order mark, any line ends, missing or wrong numbers, dots for commas, blank lines inside a
 * cue, formatting tags (dropped) and cues out of order. Throws BAD_SUBTITLES {line, reason} for what would lose something.
 */
export function parseSrt(text: string, overlaps: Overlaps = 'refuse'): Cue[] {
  const lines = textLines(text)
  const cues: ReadCue[] = []
  for (const [index, line] of lines.entries()) {
    const last = cues.at(-1)
    if (line.includes('-->')) cues.push(readTimes(line, index + 1))
    else if (isNumber(lines, index)) continue
    else if (last) last.text += `${stripTags(line)}\n`
    else if (line.trim() !== '') throw badSubtitles('no_times', index + 1)
  }
  return orderCues(cues, overlaps)
}

/** Writes SubRip. `-->` inside a text would start a cue, so it is written `->`. */
export function formatSrt(cues: readonly Cue[]): string {
  return cues
    .map((cue, index) => {
      const times = `${formatTime(cue.startMs, ',')} --> ${formatTime(cue.endMs, ',')}`
      return `${index + 1}\n${times}\n${cleanText(cue.text).replaceAll(/-{2,}>/gu, '->')}\n`
    })
    .join('\n')
}

function readTimes(line: string, number: number): ReadCue {
  const [from, to] = line.split('-->')
  // some tools write positions (X1:…) after the times
  const end = (to ?? '').trim().split(/\s+/u)[0] ?? ''
  return { startMs: parseTime(from ?? '', number), endMs: parseTime(end, number), text: '', line: number }
}

/** A bare number directly above times is the cue's number; anywhere else it is text. */
function isNumber(lines: readonly string[], index: number): boolean {
  return /^\s*\d+\s*$/u.test(lines[index] ?? '') && (lines[index + 1] ?? '').includes('-->')
}

/** SubRip's own tags and the positions that some tools borrow from ASS. Other angle brackets are text. */
function stripTags(line: string): string {
  return line.replaceAll(/<\/?(?:[ibus]|font)(?:\s[^<>]*)?>/giu, '').replaceAll(/\{\\[a-z0-9]+[^{}]*\}/giu, '')
}
