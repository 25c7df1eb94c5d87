import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { AppError } from '#core/errors.ts'
import type { Cue } from '#domain/cue.ts'
import { parseSubtitles } from '#domain/subtitles/parse.ts'
import { defineProvider } from '../define.ts'

/** Captions that the source brought along (.vtt or .srt): somebody wrote them, so they beat a recogniser. */
export const captions = defineProvider({
  id: 'captions',
  capability: 'transcription',
  env: z.object({}),
  secrets: [],
  needs: [],
  rank: { quality: 95, speed: 100 },
  limits: { concurrency: 8, timeoutMs: 30_000 },
  local: true,
  draft: false,

  supports: ({ captions: there }) => there === true,

  create() {
    return {
      async transcribe({ captions: file, onProgress }) {
        if (!file) throw new AppError('NO_TRANSCRIBER', 'The source has no captions')
        const { cues } = parseSubtitles(file.path, await readFile(file.path, 'utf8'), {
          language: file.language,
          overlaps: 'clip',
        })
        const segments = unrolled(cues)
        if (segments.length === 0)
          throw new AppError('PROVIDER_OUTPUT', 'The captions are empty', {
            data: { provider: 'captions', reason: 'empty' },
          })
        onProgress(1)
        return { language: file.language, segments, usage: { model: 'captions' } }
      },
    }
  },
})

interface Segment {
  readonly startMs: number
  readonly endMs: number
  readonly text: string
}

/** Rolling captions show each line twice, first new and then as the upper one: there, every line is said once. */
function unrolled(cues: readonly Cue[]): Segment[] {
  const rolling = isRolling(cues)
  const segments: Segment[] = []
  for (const [index, cue] of cues.entries()) {
    const fresh = rolling ? freshLines(cues[index - 1], cue) : linesOf(cue)
    if (fresh.length > 0) segments.push({ startMs: cue.startMs, endMs: cue.endMs, text: fresh.join(' ') })
    else stretchLast(segments, cue.endMs)
  }
  return segments
}

// people do say a word twice: only what repeats all along rolls
function isRolling(cues: readonly Cue[]): boolean {
  const repeats = cues.filter((cue, index) => freshLines(cues[index - 1], cue).length < linesOf(cue).length)
  return repeats.length > cues.length / 4
}

const ROLL_MS = 500

// what ended the last cue and begins this one was already said
function freshLines(before: Cue | undefined, cue: Cue): readonly string[] {
  const lines = linesOf(cue)
  if (!before || cue.startMs - before.endMs > ROLL_MS) return lines
  const shown = linesOf(before)
  for (let count = Math.min(shown.length, lines.length); count > 0; count--) {
    if (shown.slice(-count).every((line, index) => line === lines[index])) return lines.slice(count)
  }
  return lines
}

function linesOf(cue: Cue): string[] {
  return cue.text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

function stretchLast(segments: Segment[], endMs: number): void {
  const last = segments.pop()
  if (last) segments.push({ ...last, endMs: Math.max(last.endMs, endMs) })
}
