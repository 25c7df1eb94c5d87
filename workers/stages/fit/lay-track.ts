import path from 'node:path'
import type { Placement } from '#domain/fit/placements.ts'
import { fadeCut } from '#media/fade-cut.ts'
import { placeLines } from '#media/place-lines.ts'
import { FIT_LIMITS } from '#domain/fit/limits.ts'
import type { StageContext } from '../define.ts'
import type { SoundPiece } from './make-pieces.ts'

/** Cuts what must be cut, with a fade, and lays all pieces on one track of exactly `totalMs`. Returns its path. */
export async function layTrack(request: {
  readonly ctx: StageContext
  readonly pieces: readonly (SoundPiece | undefined)[]
  readonly placed: readonly Placement[]
  readonly totalMs: number
}): Promise<string> {
  const { ctx, pieces, placed, totalMs } = request
  const lines: { path: string; atMs: number; durationMs: number }[] = []
  for (const [index, piece] of pieces.entries()) {
    const placement = placed[index]
    if (!piece || !placement || placement.durationMs <= 0) continue
    const whole = placement.durationMs >= piece.durationMs
    const sound = whole ? piece.path : await shorten(ctx, piece, placement.durationMs, index)
    lines.push({ path: sound, atMs: placement.placedMs, durationMs: placement.durationMs })
  }
  const outPath = path.join(ctx.workDir, 'speech.wav')
  await placeLines({ lines, totalMs, outPath, signal: ctx.signal, workDir: ctx.workDir })
  return outPath
}

async function shorten(ctx: StageContext, piece: SoundPiece, durationMs: number, index: number): Promise<string> {
  const outPath = path.join(ctx.workDir, `cut-${index}.wav`)
  await fadeCut({
    path: piece.path,
    durationMs,
    fadeMs: FIT_LIMITS.fadeMs,
    outPath,
    signal: ctx.signal,
    workDir: ctx.workDir,
  })
  return outPath
}
