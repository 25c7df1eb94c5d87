import type { Cue } from '../cue.ts'
import { cleanText } from './clean-text.ts'
import { badSubtitles } from './fault.ts'
import { orderCues, type Overlaps, type ReadCue } from './order-cues.ts'
import { textLines } from './text-lines.ts'
import { formatTime, parseTime } from './time.ts'

const ENTITIES: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: '\u00A0',
  lrm: '\u200E',
  rlm: '\u200F',
  quot: '"',
}

/**
 * Reads WebVTT: voices become speakers, tags and settings are dropped, comments, styles and regions are skipped.
 * Throws BAD_SUBTITLES {line, reason} for what would lose something.
 */
export function parseVtt(text: string, overlaps: Overlaps = 'refuse'): Cue[] {
  const cues: ReadCue[] = []
  for (const block of blocks(textLines(text))) {
    const at = block.lines.findIndex((line) => line.includes('-->'))
    if (at >= 0 && !/^NOTE(\s|$)/u.test(block.lines[0] ?? '')) cues.push(readCue(block, at))
    else if (!/^(WEBVTT|NOTE|STYLE|REGION)(\s|:|$)/u.test(block.lines[0] ?? ''))
      throw badSubtitles('no_times', block.line)
  }
  return orderCues(cues, overlaps)
}

/** Writes WebVTT with `&`, `<` and `>` escaped, so that no text can become a tag or a time line. */
export function formatVtt(cues: readonly Cue[], language?: string): string {
  const head = language ? `WEBVTT\nLanguage: ${language}\n` : 'WEBVTT\n'
  const body = cues.map((cue) => {
    const speaker = cue.speaker ? cleanText(cue.speaker).replaceAll('\n', ' ') : ''
    const voice = speaker ? `<v ${escape(speaker)}>` : ''
    return `\n${formatTime(cue.startMs, '.')} --> ${formatTime(cue.endMs, '.')}\n${voice}${escape(cleanText(cue.text))}\n`
  })
  return head + body.join('')
}

interface Block {
  readonly line: number
  readonly lines: string[]
}

function blocks(lines: readonly string[]): Block[] {
  const found: Block[] = []
  let open = false
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') open = false
    else if (open) found.at(-1)?.lines.push(line)
    else {
      found.push({ line: index + 1, lines: [line] })
      open = true
    }
  }
  return found
}

function readCue(block: Block, at: number): ReadCue {
  const line = block.line + at
  const [from, to] = (block.lines[at] ?? '').split('-->')
  const end = (to ?? '').trim().split(/\s+/u)[0] ?? ''
  const raw = block.lines.slice(at + 1).join('\n')
  const voice = /<v(?:\.[^\s<>]*)?\s+([^<>]+)>/u.exec(raw)?.[1]?.trim()
  return {
    startMs: parseTime(from ?? '', line),
    endMs: parseTime(end, line),
    text: unescape(raw.replaceAll(/<[^<>]*>/gu, '')),
    ...(voice ? { speaker: unescape(voice) } : {}),
    line,
  }
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function unescape(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/giu, (whole, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : whole
  })
}
