import type { FitLine } from './fit-line.ts'
import { latest } from './latest.ts'
import { FIT_LIMITS } from './limits.ts'

/** A line after its tempo was changed, as measured. Times in ms. */
export interface Piece {
  readonly durationMs: number
  /** ends of its words, so that a cut falls between words */
  readonly wordEndsMs: readonly number[]
}

/** Where a line's sound goes. `durationMs` is what is heard: less than the piece when it is cut. */
export interface Placement {
  readonly placedMs: number
  readonly durationMs: number
  readonly late: boolean
  readonly cut: boolean
}

/** Less than this is the tail of a sound, not speech. */
const TAIL_MS = 20

/**
 * Lays measured pieces one after another: each at its own time or, when the one before is still heard, as soon as that ends;
 * never more than 1.0 s late. What would run into that bound or over the end of the source is cut after a word.
 * Never overlaps, never drops a line. `pieces` stand in the order of `lines`; no piece: the line is not heard.
 */
export function placements(
  lines: readonly FitLine[],
  pieces: readonly (Piece | undefined)[],
  totalMs: number,
): Placement[] {
  const heard = lines.map((line, index) => ({ ...line, shortestMs: pieces[index]?.durationMs ?? 0 }))
  const bounds = latest(heard, totalMs)
  let freeMs = 0
  return lines.map((line, index) => {
    const piece = pieces[index]
    const bound = bounds[index]
    if (!piece || !bound || piece.durationMs <= 0) return silent(line, totalMs)
    const placedMs = Math.min(Math.max(line.startMs, freeMs), totalMs)
    const roomMs = Math.max(0, bound.endMs - placedMs)
    const durationMs = piece.durationMs <= roomMs ? piece.durationMs : cutAfterWord(piece, roomMs)
    freeMs = placedMs + durationMs
    return { placedMs, durationMs, late: placedMs > line.startMs, cut: piece.durationMs - durationMs > TAIL_MS }
  })
}

function silent(line: FitLine, totalMs: number): Placement {
  return { placedMs: Math.min(line.startMs, totalMs), durationMs: 0, late: false, cut: false }
}

/** The last word that ends in time, and its fade; the bare limit when not even one word does. */
function cutAfterWord({ durationMs, wordEndsMs }: Piece, roomMs: number): number {
  // the very end of a piece is often a little silence: nothing is lost by fading over it
  if (durationMs - roomMs <= TAIL_MS) return roomMs
  const lastEndMs = wordEndsMs.filter((endMs) => endMs <= roomMs).at(-1)
  return lastEndMs === undefined || lastEndMs <= 0
    ? roomMs
    : Math.min(roomMs, Math.round(lastEndMs) + FIT_LIMITS.fadeMs)
}
