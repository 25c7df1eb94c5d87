import { readFile, stat } from 'node:fs/promises'
import { AppError } from '#core/errors.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import type { CueList } from '#domain/cue.ts'
import { parseSubtitles, type ParseOptions } from '#domain/subtitles/parse.ts'
import type { StageContext } from '../stages/define.ts'

/** A day of speech is under 3 MB. */
const MAX_BYTES = 20 * 1024 * 1024

/** Reads a stored subtitle file, whatever encoding an editor left it in. @throws BAD_SUBTITLES, LINE_TOO_LONG, UPLOAD_TOO_LARGE */
export async function readSubtitles(ctx: StageContext, file: ArtifactRef, options: ParseOptions): Promise<CueList> {
  const path = await ctx.artifacts.path(file)
  const { size } = await stat(path)
  if (size > MAX_BYTES)
    throw new AppError('UPLOAD_TOO_LARGE', 'a subtitle file is too large', {
      data: { bytes: size, maxBytes: MAX_BYTES },
    })
  return parseSubtitles(file.name, decode(await readFile(path)), options)
}

/** By its byte order mark, else UTF-8, else what old Windows editors write. */
function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
