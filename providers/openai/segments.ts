import type { SpeechRegion } from '#media/speech-regions.ts'
import type { TimedWord } from '../define.ts'
import { brokenAnswer } from '../service.ts'
import type { VerboseTranscription } from './schema.ts'

export interface Segment {
  readonly startMs: number
  readonly endMs: number
  readonly text: string
  readonly confidence?: number
  readonly words?: readonly TimedWord[]
}

/**
 * Segments of one piece of sound, placed in the whole file, in order and within the piece. What the recogniser itself holds for
 * silence is left out; words get the capitals and punctuation of their segment's text.
 * @throws AppError PROVIDER_OUTPUT when there is text without any times.
 */
export function timedSegments(answer: VerboseTranscription, piece: SpeechRegion): Segment[] {
  const place = (seconds: number) => Math.min(piece.endMs, piece.startMs + Math.round(seconds * 1000))
  const words = (answer.words ?? []).map((word) => ({
    startMs: place(word.start),
    endMs: place(word.end),
    text: word.word,
  }))
  const given = answer.segments ?? []
  if (given.length === 0 && answer.text.trim() !== '') return [fromWords(answer.text, words)]
  const spoken = given.filter((segment) => !isSilence(segment) && segment.text.trim() !== '')
  let free = piece.startMs
  return spoken
    .toSorted((a, b) => a.start - b.start)
    .flatMap((segment) => {
      const startMs = Math.max(free, place(segment.start))
      const endMs = place(segment.end)
      if (endMs <= startMs) return []
      free = endMs
      const inside = words.filter((word) => middle(word) >= place(segment.start) && middle(word) < endMs)
      const text = segment.text.trim()
      return [{ startMs, endMs, text, ...confidence(segment.avg_logprob), ...punctuated(text, inside) }]
    })
}

function fromWords(text: string, words: readonly TimedWord[]): Segment {
  const first = words[0]
  const last = words.at(-1)
  if (!first || !last)
    throw brokenAnswer('openai', new Error('the transcript has no times (is verbose_json supported?)'))
  return { startMs: first.startMs, endMs: last.endMs, text: text.trim(), ...punctuated(text.trim(), words) }
}

/** Whisper's own rule for silence: no_speech_prob above 0.6 and a mean log probability below −1. */
function isSilence(segment: {
  no_speech_prob?: number | null | undefined
  avg_logprob?: number | null | undefined
}): boolean {
  return (segment.no_speech_prob ?? 0) > 0.6 && (segment.avg_logprob ?? 0) < -1
}

function confidence(logprob: number | null | undefined): { confidence?: number } {
  return logprob === null || logprob === undefined ? {} : { confidence: Math.min(1, Math.exp(logprob)) }
}

function middle(word: TimedWord): number {
  return (word.startMs + word.endMs) / 2
}

// the words come bare; the text says how they are written. Where the two are cut differently, times are shared out in order
function punctuated(text: string, words: readonly TimedWord[]): { words?: TimedWord[] } {
  const tokens = text.split(/\s+/u).filter(Boolean)
  // scripts without spaces: the text alone says where a word ends
  if (words.length === 0 || tokens.length * 3 < words.length) return {}
  const at = (index: number) => Math.floor((index * words.length) / tokens.length)
  return {
    words: tokens.map((token, index) => {
      const first = at(index)
      const last = Math.max(first, at(index + 1) - 1)
      const startMs = words[first]?.startMs ?? 0
      return { startMs, endMs: Math.max(startMs, words[last]?.endMs ?? 0), text: token }
    }),
  }
}
