import type { FastifyRequest } from 'fastify'
import { AppError } from '#core/errors.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import { keepUpload } from '#services/chat/keep-upload.ts'
import type { ServiceContext } from '#services/context.ts'

export interface ReceivedForm {
  readonly fields: Readonly<Record<string, string>>
  /** in the store already */
  readonly files: readonly ArtifactRef[]
}

/** Most files in one message, and most characters in one field. */
export const FORM_LIMITS = { files: 10, fields: 40, fieldSize: 1_000_000 } as const

/** A multipart body: each file is streamed into the store as it comes. @throws UPLOAD_TOO_LARGE {maxBytes} */
export async function readForm(request: FastifyRequest, ctx: ServiceContext, maxBytes: number): Promise<ReceivedForm> {
  const announced = Number(request.headers['content-length'] ?? 0)
  // a megabyte for the fields around it
  if (announced > maxBytes * FORM_LIMITS.files + 1_000_000) throw tooLarge(maxBytes)
  const fields: Record<string, string> = {}
  const files: ArtifactRef[] = []
  for await (const part of request.parts({ limits: { ...FORM_LIMITS, fileSize: maxBytes + 1 } })) {
    if (part.type === 'field') fields[part.fieldname] = String(part.value)
    else if (part.filename)
      files.push(await keepUpload({ ctx, source: part.file, name: part.filename, mime: part.mimetype, maxBytes }))
    else part.file.resume()
  }
  return { fields, files }
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('UPLOAD_TOO_LARGE', 'the upload is larger than allowed', { data: { maxBytes } })
}
