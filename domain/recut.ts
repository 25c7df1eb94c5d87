import type { Cue } from './cue.ts'

/** What recognisers give: a stretch of speech, with word times where they know them. Times in ms. */
export interface SpokenSegment {
  readonly startMs: number
  readonly endMs: number
  readonly text: string
  /** 0–1 */
  readonly confidence?: number
  readonly words?: readonly { readonly startMs: number; readonly endMs: number; readonly text: string }[]
}

export interface RecutOptions {
  /** longest text of a cue, characters */
  readonly maxChars?: number
  /** longest cue, ms */
  readonly maxMs?: number
  /** a pause that always ends a cue, ms */
  readonly pauseMs?: number
  /** below this confidence a cue is flagged `uncertain` */
  readonly minConfidence?: number
}

/**
 * Cuts recognised speech into sentences by punctuation and pauses; what is longer than a cue may be is cut at the best place
 * inside (comma, pause, then balance). Words without times get theirs by their share of the segment's letters.
 * No word is lost, cues never overlap and stand in order.
 */
export function recut(segments: readonly SpokenSegment[], options: RecutOptions = {}): Cue[] {
  const limits = { maxChars: 84, maxMs: 7000, pauseMs: 700, minConfidence: 0.5, ...options }
  const words = inOrder(segments.flatMap((segment) => spokenWords(segment, limits.minConfidence)))
  return sentences(words, limits.pauseMs)
    .flatMap((sentence) => fit(sentence, limits))
    .map(toCue)
}

interface Word {
  readonly text: string
  readonly startMs: number
  readonly endMs: number
  readonly uncertain: boolean
  /** written without a space before it, as in Chinese or Thai */
  readonly joined: boolean
}

interface Limits {
  readonly maxChars: number
  readonly maxMs: number
  readonly pauseMs: number
}

const SENTENCE_END = /[.!?…。！？؟।]["'”’»)\]]*$/u
const CLAUSE_END = /[,;:、，；：،]["'”’»)\]]*$|[–—-]$/u
/** A full stop after these is not an end; one letter alone is an initial. */
const ABBREVIATION = /^(?:\p{L}|mr|mrs|ms|dr|prof|st|vs|etc|no|sr|sra|dra|av|e\.g|i\.e|u\.s)\.$/iu

function spokenWords(segment: SpokenSegment, minConfidence: number): Word[] {
  const uncertain = segment.confidence !== undefined && segment.confidence < minConfidence
  const timed = segment.words?.filter((word) => word.text.trim() !== '') ?? []
  if (timed.length > 0) {
    return timed.map((word) => ({
      ...word,
      text: word.text.trim(),
      uncertain,
      joined: isDense(segment.text) && !/^\s/u.test(word.text),
    }))
  }
  const tokens = tokenize(segment.text)
  const total = tokens.reduce((sum, token) => sum + token.text.length, 0)
  const span = Math.max(0, segment.endMs - segment.startMs)
  let letters = 0
  return tokens.map((token) => {
    const startMs = segment.startMs + Math.round((span * letters) / total)
    letters += token.text.length
    return { ...token, startMs, endMs: segment.startMs + Math.round((span * letters) / total), uncertain }
  })
}

/** Words by spaces; scripts that write none are cut by the dictionary of Intl.Segmenter, punctuation staying with its word. */
function tokenize(text: string): { text: string; joined: boolean }[] {
  return text
    .split(/\s+/u)
    .filter((part) => part !== '')
    .flatMap((part) => {
      if (!isDense(part)) return [{ text: part, joined: false }]
      const pieces: { text: string; joined: boolean }[] = []
      for (const { segment, isWordLike } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(part)) {
        const last = pieces.at(-1)
        if (last && !isWordLike) last.text += segment
        else pieces.push({ text: segment, joined: pieces.length > 0 })
      }
      return pieces
    })
}

function isDense(text: string): boolean {
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(
    text,
  )
}

/** Recognisers now and then give words that overlap or have no length: every word lasts ≥ 1 ms and none starts before another ends. */
function inOrder(words: readonly Word[]): Word[] {
  const sorted = words.toSorted((a, b) => a.startMs - b.startMs)
  let free = 0
  return sorted.map((word, index) => {
    const startMs = Math.max(free, Math.round(word.startMs))
    const next = sorted[index + 1]
    const until = next
      ? Math.max(startMs + 1, Math.min(Math.round(word.endMs), Math.round(next.startMs)))
      : Math.round(word.endMs)
    free = Math.max(startMs + 1, until)
    return { ...word, startMs, endMs: free }
  })
}

function sentences(words: readonly Word[], pauseMs: number): Word[][] {
  const found: Word[][] = []
  for (const [index, word] of words.entries()) {
    const before = words[index - 1]
    const ends = !before || endsSentence(before.text) || word.startMs - before.endMs >= pauseMs
    if (ends) found.push([word])
    else found.at(-1)?.push(word)
  }
  return found
}

function endsSentence(text: string): boolean {
  return SENTENCE_END.test(text) && !ABBREVIATION.test(text)
}

/** A sentence as one cue, or halved at the best place until each part fits. */
function fit(words: readonly Word[], limits: Limits): (readonly Word[])[] {
  const first = words[0]
  const last = words.at(-1)
  if (!first || !last) return []
  const fits = join(words).length <= limits.maxChars && last.endMs - first.startMs <= limits.maxMs
  if (fits || words.length === 1) return [words]
  const at = bestCut(words)
  return [...fit(words.slice(0, at), limits), ...fit(words.slice(at), limits)]
}

/** Near the middle, but rather after a comma or at a pause: the index of the word that starts the second part. */
function bestCut(words: readonly Word[]): number {
  const total = join(words).length
  let best = 1
  let bestCost = Number.POSITIVE_INFINITY
  let letters = 0
  for (let at = 1; at < words.length; at++) {
    const before = words[at - 1]
    const after = words[at]
    if (!before || !after) continue
    letters += before.text.length + (before.joined ? 0 : 1)
    const imbalance = Math.abs(letters / total - 0.5)
    const pause = Math.min(0.3, (after.startMs - before.endMs) / 1000)
    const cost = imbalance - (CLAUSE_END.test(before.text) ? 0.25 : 0) - pause
    if (cost < bestCost) {
      best = at
      bestCost = cost
    }
  }
  return best
}

function join(words: readonly Word[]): string {
  return words.map((word, index) => (index === 0 || word.joined ? word.text : ` ${word.text}`)).join('')
}

function toCue(words: readonly Word[]): Cue {
  const startMs = words[0]?.startMs ?? 0
  const unsure = words.some((word) => word.uncertain)
  return {
    startMs,
    endMs: words.at(-1)?.endMs ?? startMs + 1,
    text: join(words),
    ...(unsure ? { flags: ['uncertain'] } : {}),
  }
}
