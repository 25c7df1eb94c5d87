import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { AppError } from '#core/errors.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import { dropUploads } from '#services/chat/drop-uploads.ts'
import { keepUpload } from '#services/chat/keep-upload.ts'
import type { ServiceContext } from '#services/context.ts'

export interface ReceivedForm {
  readonly fields: Readonly<Record<string, string>>
  /** in the store already */
  readonly files: readonly ArtifactRef[]
}

/** Most files in one message, and most characters in one field. */
export const FORM_LIMITS = { files: 10, fields: 40, fieldSize: 1_000_000 } as const

/** Bytes of a body besides its files: fields, and what multipart puts around them. */
const AROUND_FILES = 1_000_000

/**
 * A multipart body: each file is streamed into the store as it comes. What says that it is too large is refused before a
 * byte of it is kept, and a body that fails leaves none of its files.
 * @throws UPLOAD_TOO_LARGE {maxBytes} when its files are larger together, DISK_FULL
 */
export async function readForm(request: FastifyRequest, ctx: ServiceContext, maxBytes: number): Promise<ReceivedForm> {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > maxBytes + AROUND_FILES) throw tooLarge(maxBytes)
  if (announced > (await ctx.storage.freeBytes()))
    throw new AppError('DISK_FULL', 'the upload does not fit on the disk')
  const fields: Record<string, string> = {}
  const files: ArtifactRef[] = []
  try {
    for await (const part of request.parts({ limits: { ...FORM_LIMITS, fileSize: maxBytes + 1 } })) {
      if (part.type === 'field') fields[part.fieldname] = String(part.value)
      else if (part.filename) files.push(await keepPart(part, ctx, maxBytes, files))
      else part.file.resume()
    }
  } catch (error) {
    await dropUploads(ctx.db, files)
    throw error
  }
  return { fields, files }
}

async function keepPart(
  part: MultipartFile,
  ctx: ServiceContext,
  maxBytes: number,
  before: readonly ArtifactRef[],
): Promise<ArtifactRef> {
  const left = before.reduce((bytes, file) => bytes - file.bytes, maxBytes)
  try {
    return await keepUpload({ ctx, source: part.file, name: part.filename, mime: part.mimetype, maxBytes: left })
  } catch (error) {
    // the limit is told, not what the files before this one left of it
    throw error instanceof AppError && error.code === 'UPLOAD_TOO_LARGE' ? tooLarge(maxBytes) : error
  }
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('UPLOAD_TOO_LARGE', 'the upload is larger than allowed', { data: { maxBytes } })
}
