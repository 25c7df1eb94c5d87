import { readFile, stat } from 'node:fs/promises'
import { AppError } from '#core/errors.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import type { CueList } from '#domain/cue.ts'
import { decodeText } from '#domain/subtitles/decode-text.ts'
import { MAX_SUBTITLE_BYTES } from '#domain/subtitles/max-bytes.ts'
import { parseSubtitles, type ParseOptions } from '#domain/subtitles/parse.ts'
import type { StageContext } from '../stages/define.ts'

/** Reads a stored subtitle file, whatever encoding an editor left it in. @throws BAD_SUBTITLES, LINE_TOO_LONG, UPLOAD_TOO_LARGE */
export async function readSubtitles(ctx: StageContext, file: ArtifactRef, options: ParseOptions): Promise<CueList> {
  const path = await ctx.artifacts.path(file)
  const { size } = await stat(path)
  if (size > MAX_SUBTITLE_BYTES)
    throw new AppError('UPLOAD_TOO_LARGE', 'a subtitle file is too large', {
      data: { bytes: size, maxBytes: MAX_SUBTITLE_BYTES },
    })
  return parseSubtitles(file.name, decodeText(await readFile(path)), options)
}
