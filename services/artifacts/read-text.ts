import { buffer } from 'node:stream/consumers'
import { AppError } from '#core/errors.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import { decodeText } from '#domain/subtitles/decode-text.ts'
import { MAX_SUBTITLE_BYTES } from '#domain/subtitles/max-bytes.ts'
import type { ServiceContext } from '../context.ts'

/** A text artifact as a string: UTF-8 or UTF-16 by its byte order mark, else UTF-8, else Windows-1252. @throws TOO_LARGE, NOT_FOUND */
export async function readText(request: { readonly ctx: ServiceContext; readonly file: ArtifactRef }): Promise<string> {
  const { ctx, file } = request
  if (file.bytes > MAX_SUBTITLE_BYTES) {
    throw new AppError('TOO_LARGE', 'a text file is too large', {
      data: { bytes: file.bytes, limit: MAX_SUBTITLE_BYTES, maxBytes: MAX_SUBTITLE_BYTES },
    })
  }
  return decodeText(await buffer(await ctx.storage.open(file.sha256)))
}
