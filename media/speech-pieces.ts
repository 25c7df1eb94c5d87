import type { SpeechRegion } from './speech-regions.ts'

/**
 * Joins regions into pieces to recognise: neighbours closer than `joinMs` come together while a piece stays within `maxMs`,
 * a longer region is halved until it fits, and each piece gets up to `padMs` of the silence around it.
 * Pieces never overlap, stand in order and cover every region.
 */
export function speechPieces(
  regions: readonly SpeechRegion[],
  { joinMs, maxMs, padMs, totalMs }: { joinMs: number; maxMs: number; padMs: number; totalMs: number },
): SpeechRegion[] {
  const pieces: { startMs: number; endMs: number }[] = []
  for (const region of regions.flatMap((long) => halve(long, maxMs))) {
    const last = pieces.at(-1)
    if (last && region.startMs - last.endMs < joinMs && region.endMs - last.startMs <= maxMs) last.endMs = region.endMs
    else pieces.push({ ...region })
  }
  return pieces.map((piece, index) => {
    const before = pieces[index - 1]?.endMs ?? -padMs
    const after = pieces[index + 1]?.startMs ?? totalMs + padMs
    return {
      startMs: Math.max(0, Math.round(piece.startMs - Math.min(padMs, (piece.startMs - before) / 2))),
      endMs: Math.min(totalMs, Math.round(piece.endMs + Math.min(padMs, (after - piece.endMs) / 2))),
    }
  })
}

function halve(region: SpeechRegion, maxMs: number): SpeechRegion[] {
  if (region.endMs - region.startMs <= maxMs) return [region]
  const middle = Math.round((region.startMs + region.endMs) / 2)
  return [
    ...halve({ startMs: region.startMs, endMs: middle }, maxMs),
    ...halve({ startMs: middle, endMs: region.endMs }, maxMs),
  ]
}
