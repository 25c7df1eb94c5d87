import path from 'node:path'
import type { Readable } from 'node:stream'
import type { ArtifactRef } from '#domain/artifact.ts'
import { createArtifact } from '#prisma/queries/artifacts.ts'
import type { ServiceContext } from '../context.ts'

/** Streams what somebody sent into the store. What the bytes are is the pipeline's to find out. @throws UPLOAD_TOO_LARGE {maxBytes}, DISK_FULL */
export async function keepUpload(request: {
  readonly ctx: ServiceContext
  readonly source: Readable
  readonly name: string
  /** what the sender says that it is */
  readonly mime: string
  readonly maxBytes: number
}): Promise<ArtifactRef> {
  const { ctx, source, maxBytes } = request
  const { sha256, bytes } = await ctx.storage.put(source, { maxBytes })
  const name = cleanName(request.name)
  return createArtifact(ctx.db, { sha256, bytes, kind: 'upload', mime: mimeOf(name, request.mime), name })
}

const BY_EXTENSION: Readonly<Record<string, string>> = {
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/quicktime',
  mkv: 'video/x-matroska',
  webm: 'video/webm',
  avi: 'video/x-msvideo',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  wav: 'audio/wav',
  flac: 'audio/flac',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  srt: 'application/x-subrip',
  vtt: 'text/vtt',
  ass: 'text/x-ssa',
  txt: 'text/plain',
}

function mimeOf(name: string, said: string): string {
  return (
    BY_EXTENSION[path.extname(name).slice(1).toLowerCase()] ??
    (/^(?:audio|video)\/[\w.+-]+$/.test(said) ? said : 'application/octet-stream')
  )
}

/** The last part of the name, without control characters, at most 200 characters; its ending is kept. */
function cleanName(given: string): string {
  const name =
    path
      .basename(given.replaceAll('\\', '/'))
      .replace(/[\u0000-\u001f\u007f]/g, '')
      .trim() || 'file'
  const ending = path.extname(name).slice(0, 20)
  return name.length <= 200 ? name : name.slice(0, 200 - ending.length) + ending
}
