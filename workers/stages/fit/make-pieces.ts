import { availableParallelism } from 'node:os'
import path from 'node:path'
import type { DubbedLine } from '#domain/dubbed-line.ts'
import type { Piece } from '#domain/fit/placements.ts'
import { wordEnds } from '#domain/fit/word-ends.ts'
import { countLines } from '#domain/lines-done.ts'
import { stretch } from '#media/stretch.ts'
import { inParallel } from '../../lines/in-parallel.ts'
import type { StageContext } from '../define.ts'

/** A line's sound after its tempo was changed, and what was measured on it. */
export interface SoundPiece extends Piece {
  readonly path: string
}

interface PiecesRequest {
  readonly ctx: StageContext
  readonly lines: readonly DubbedLine[]
  readonly texts: readonly string[]
  readonly tempos: readonly number[]
}

/** Brings every line to its tempo and measures what came out: a stretcher's word is not enough. */
export async function makePieces(request: PiecesRequest): Promise<(SoundPiece | undefined)[]> {
  const { ctx, lines } = request
  const counted = countLines({ key: 'fitting', total: lines.length, share: 0.9 })
  return inParallel(lines, availableParallelism(), async (line, index) => {
    const piece = await makePiece(request, line, index)
    ctx.progress(counted())
    return piece
  })
}

async function makePiece(request: PiecesRequest, line: DubbedLine, index: number): Promise<SoundPiece | undefined> {
  const { ctx, texts, tempos } = request
  if (!line.file) return undefined
  const tempo = tempos[index] ?? 1
  const ends = line.wordEndsMs ?? wordEnds(texts[index] ?? '', line.durationMs)
  const spoken = await ctx.artifacts.path(line.file)
  if (tempo === 1) return { path: spoken, durationMs: line.durationMs, wordEndsMs: ends }
  const outPath = path.join(ctx.workDir, `piece-${index}.wav`)
  const { durationMs } = await stretch({ path: spoken, tempo, outPath, signal: ctx.signal, workDir: ctx.workDir })
  return { path: outPath, durationMs, wordEndsMs: ends.map((endMs) => Math.round(endMs / tempo)) }
}
