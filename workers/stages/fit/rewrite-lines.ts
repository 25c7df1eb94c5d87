import type { DubbedLine } from '#domain/dubbed-line.ts'
import type { FitLine } from '#domain/fit/fit-line.ts'
import { overlong } from '#domain/fit/overlong.ts'
import { concernsLine } from '../../lines/concerns-line.ts'
import { inParallel } from '../../lines/in-parallel.ts'
import { speakableText } from '../../lines/speakable-text.ts'
import { speakLine, type Speaker } from '../../lines/speak-line.ts'
import type { StageContext } from '../define.ts'
import { reword } from './reword.ts'

const WIDTH = 4

export interface RewrittenLine {
  readonly text: string
  readonly line: DubbedLine
}

/**
 * The rung after measuring: lines that are too long even with the gap after them get other words and are spoken again.
 * Only what really came out shorter is in the answer, by index. `mayChange`: whether a line's words may be touched.
 */
export async function rewriteLines(request: {
  readonly ctx: StageContext
  readonly speaker: Speaker
  readonly film: readonly FitLine[]
  readonly texts: readonly string[]
  readonly totalMs: number
  mayChange(index: number): boolean
}): Promise<ReadonlyMap<number, RewrittenLine>> {
  const { ctx, film, texts, speaker } = request
  const tooLong = overlong(film, request.totalMs).filter(({ index }) => request.mayChange(index))
  if (tooLong.length === 0 || !(await ctx.has('text', { to: speaker.language }))) return new Map()
  const shorter = await reword({ ctx, language: speaker.language, texts, overlong: tooLong })
  const rewritten = new Map<number, RewrittenLine>()
  await inParallel([...shorter], WIDTH, async ([index, text]) => {
    const line = await speakAgain(ctx, speaker, index, text)
    if (line && line.durationMs < (film[index]?.speechMs ?? 0)) rewritten.set(index, { text, line })
  })
  return rewritten
}

async function speakAgain(
  ctx: StageContext,
  speaker: Speaker,
  index: number,
  text: string,
): Promise<DubbedLine | undefined> {
  const said = speakableText(text)
  if (said === '') return undefined
  try {
    const { file, durationMs, wordEndsMs } = await speakLine(ctx, speaker, said)
    return { index, file, durationMs, ...(wordEndsMs && { wordEndsMs }) }
  } catch (error) {
    if (!concernsLine(error)) throw error
    ctx.log.warn(
      { line: index + 1, code: error.code, cause: error.message },
      'a shorter wording was not voiced: the longer one stays',
    )
    return undefined
  }
}
