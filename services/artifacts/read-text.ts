import { buffer } from 'node:stream/consumers'
import { AppError } from '#core/errors.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import type { ServiceContext } from '../context.ts'

/** A subtitle file of a ten-hour film has less than 2 MB. */
const MOST_BYTES = 10_000_000

/** A text artifact as a string: UTF-8 or UTF-16 by its byte order mark, else UTF-8, else Windows-1252. @throws TOO_LARGE, NOT_FOUND */
export async function readText(request: { readonly ctx: ServiceContext; readonly file: ArtifactRef }): Promise<string> {
  const { ctx, file } = request
  if (file.bytes > MOST_BYTES) {
    throw new AppError('TOO_LARGE', 'a text file is too large', {
      data: { bytes: file.bytes, limit: MOST_BYTES, maxBytes: MOST_BYTES },
    })
  }
  return decode(await buffer(await ctx.storage.open(file.sha256)))
}

function decode(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
