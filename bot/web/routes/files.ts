import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#core/errors.ts'
import { findFile } from '#services/chat/find-file.ts'
import type { Door } from '../door.ts'
import { dispositionOf, isShown } from '../file-headers.ts'
import { parseRange } from '../parse-range.ts'
import type { RoomParts } from '../parts.ts'
import { linkSignature, sameSecret } from '../secrets.ts'

interface FileRoute {
  Params: { id: string }
  Querystring: Readonly<Record<string, string | string[] | undefined>>
}

/** `GET /files/:id`: a file by its reference, for a session of its tenant or by a signed link; with ranges, so that players can seek. */
export function fileRoutes(app: FastifyInstance, parts: RoomParts, door: Door): void {
  app.route<FileRoute>({
    method: ['GET', 'HEAD'],
    url: '/files/:id',
    handler: async (request, reply) => {
      if (!isSigned(parts, request)) await door.require(request)
      const file = await findFile(parts.db, request.params.id)
      if (!file) throw new AppError('NOT_FOUND', 'no such file')
      const name = first(request.query['name']) ?? file.name
      const shown = isShown(file.mime) && request.query['download'] === undefined
      const etag = `"${file.sha256}"`
      reply.headers({
        etag,
        'accept-ranges': 'bytes',
        // it may be taken away: ask again each time, which costs nothing while the etag is the same
        'cache-control': 'private, no-cache',
        'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; media-src 'self'",
        'content-disposition': dispositionOf(shown ? 'inline' : 'attachment', name),
      })
      if (request.headers['if-none-match'] === etag) return reply.status(304).send()
      // never a type that a browser would run
      reply.type(
        isShown(file.mime) || /^(?:text\/plain|application\/(?:json|x-subrip|zip))$/.test(file.mime)
          ? file.mime
          : 'application/octet-stream',
      )
      return sendBytes(parts, request, reply, file)
    },
  })
}

async function sendBytes(
  parts: RoomParts,
  request: FastifyRequest,
  reply: FastifyReply,
  file: { sha256: string; bytes: number },
): Promise<FastifyReply> {
  const etag = `"${file.sha256}"`
  const { range, 'if-range': ifRange } = request.headers
  const wanted =
    range === undefined || (ifRange !== undefined && ifRange !== etag) ? undefined : parseRange(range, file.bytes)
  if (wanted === 'unsatisfiable') return reply.status(416).header('content-range', `bytes */${file.bytes}`).send()
  const { start, end } = wanted ?? { start: 0, end: file.bytes - 1 }
  if (wanted) reply.status(206).header('content-range', `bytes ${start}-${end}/${file.bytes}`)
  reply.header('content-length', end - start + 1)
  if (request.method === 'HEAD' || file.bytes === 0) return reply.send('')
  return reply.send(await parts.storage.open(file.sha256, { start, end }))
}

function isSigned(parts: RoomParts, request: FastifyRequest<FileRoute>): boolean {
  const expires = first(request.query['expires'])
  const signature = first(request.query['signature'])
  if (expires === undefined || signature === undefined) return false
  const until = Number(expires)
  if (!Number.isSafeInteger(until) || until * 1000 < parts.now().getTime()) return false
  const path = `/files/${encodeURIComponent(request.params.id)}`
  return sameSecret(
    signature,
    linkSignature(parts.secretKey, { workspaceId: parts.room.scope.workspaceId, path, expires: until }),
  )
}

/** A parameter that is given twice counts as given first. */
function first(given: string | string[] | undefined): string | undefined {
  return Array.isArray(given) ? given[0] : given
}
