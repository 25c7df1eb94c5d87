import type { Cue } from './cue.ts'

export interface CaptionLayout {
  /** widest line, in columns: East Asian wide characters count two */
  readonly maxColumns?: number
  /** fastest reading, characters per second */
  readonly maxCps?: number
  /** shortest time a caption stands, ms */
  readonly minMs?: number
  /** silence kept before the next caption, ms */
  readonly gapMs?: number
}

/**
 * Captions that can be read: ≤ 2 balanced lines, cues too wide cut into several, and each caption standing into the pause
 * after it until it is slow enough and ≥ 0.8 s long. Starts and texts stay; where there is no pause to borrow, the speech
 * itself sets the pace.
 */
export function layoutCaptions(cues: readonly Cue[], layout: CaptionLayout = {}): Cue[] {
  const limits = { maxColumns: 42, maxCps: 17, minMs: 800, gapMs: 80, ...layout }
  const parts = cues.flatMap((cue) => splitWide(cue, limits.maxColumns))
  return parts.map((cue, index) => {
    const letters = [...cue.text.replaceAll('\n', '')].length
    const wanted = cue.startMs + Math.max(limits.minMs, Math.ceil((letters / limits.maxCps) * 1000))
    const next = parts[index + 1]?.startMs ?? Number.POSITIVE_INFINITY
    return { ...cue, endMs: Math.max(cue.endMs, Math.min(wanted, next - limits.gapMs)) }
  })
}

/** One cue of at most two lines, or several that share its time by their letters. */
function splitWide(cue: Cue, maxColumns: number): Cue[] {
  const words = breakable(cue.text)
  const lines = wrap(words, maxColumns)
  if (lines.length <= 2) return [{ ...cue, text: lines.map(spell).join('\n') }]
  const screens = Math.ceil(lines.length / 2)
  const perScreen = width(spell(words)) / screens
  const groups: Piece[][] = [[]]
  for (const piece of words) {
    const group = groups.at(-1) ?? []
    const full = wrap([...group, piece], maxColumns).length > 2 || width(spell(group)) >= perScreen
    if (full && group.length > 0) groups.push([piece])
    else group.push(piece)
  }
  return share(cue, groups).map((part) => ({
    ...part,
    text: wrap(breakable(part.text), maxColumns).map(spell).join('\n'),
  }))
}

function share(cue: Cue, groups: readonly (readonly Piece[])[]): Cue[] {
  const total = groups.reduce((sum, group) => sum + spell(group).length, 0)
  const span = cue.endMs - cue.startMs
  // a cue shorter than its parts cannot be shared
  if (span < groups.length) return [{ ...cue, text: groups.map(spell).join(' ') }]
  let letters = 0
  let startMs = cue.startMs
  return groups.map((group, index) => {
    letters += spell(group).length
    const left = groups.length - 1 - index
    const ideal = cue.startMs + Math.round((span * letters) / total)
    const endMs = left === 0 ? cue.endMs : Math.min(cue.endMs - left, Math.max(startMs + 1, ideal))
    const part = { ...cue, startMs, endMs, text: spell(group) }
    startMs = endMs
    return part
  })
}

interface Piece {
  readonly text: string
  /** whether a space stands before it */
  readonly spaced: boolean
}

/** Places where a line may break: spaces, and between words of scripts without spaces. Closing punctuation never starts a line. */
function breakable(text: string): Piece[] {
  const pieces: { text: string; spaced: boolean }[] = []
  for (const chunk of text.split(/\s+/u).filter((part) => part !== '')) {
    let spaced = true
    if (!WIDE.test(chunk) && !NO_SPACES.test(chunk)) {
      pieces.push({ text: chunk, spaced })
      continue
    }
    for (const { segment, isWordLike } of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(chunk)) {
      const last = pieces.at(-1)
      if (last && !spaced && !isWordLike) last.text += segment
      else pieces.push({ text: segment, spaced })
      spaced = false
    }
  }
  return pieces
}

const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE4F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{1F300}-\u{1FAFF}]/u
const NO_SPACES = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const ARTICLE = /^(?:an?|the|of|to|um|uma|os?|as?|el|la|los|las|un|una|de|do|da|le|les|des|der|die|das|il|lo)$/iu

/** One line when it fits, else the two whose wider is narrowest (rather after punctuation, not after an article), else as many as it takes. */
function wrap(pieces: readonly Piece[], maxColumns: number): (readonly Piece[])[] {
  if (width(spell(pieces)) <= maxColumns) return [pieces]
  let best: (readonly Piece[])[] | undefined
  let bestCost = Number.POSITIVE_INFINITY
  for (let at = 1; at < pieces.length; at++) {
    const lines = [pieces.slice(0, at), pieces.slice(at)]
    const widest = Math.max(...lines.map((line) => width(spell(line))))
    const before = pieces[at - 1]?.text ?? ''
    const cost = widest - (/[\p{P}]$/u.test(before) ? 6 : 0) + (ARTICLE.test(before) ? 4 : 0)
    if (widest <= maxColumns && cost < bestCost) {
      best = lines
      bestCost = cost
    }
  }
  return best ?? fill(pieces, maxColumns)
}

function fill(pieces: readonly Piece[], maxColumns: number): Piece[][] {
  const lines: Piece[][] = []
  for (const piece of pieces) {
    const line = lines.at(-1)
    if (line && width(spell([...line, piece])) <= maxColumns) line.push(piece)
    else lines.push([piece])
  }
  return lines
}

function spell(pieces: readonly Piece[]): string {
  return pieces.map((piece, index) => (index > 0 && piece.spaced ? ` ${piece.text}` : piece.text)).join('')
}

function width(text: string): number {
  let columns = 0
  for (const character of text) columns += WIDE.test(character) ? 2 : 1
  return columns
}
