import type { ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Logger } from '#core/log.ts'
import { seenBy } from '../../thread/reply-key.ts'
import type { Door } from '../door.ts'
import type { Hub } from '../hub.ts'
import { LOBBY, threadIdOf } from '../lobby.ts'
import type { PostChange, RoomParts } from '../parts.ts'
import { postJson } from '../post-json.ts'

const HEARTBEAT_MS = 15_000

/** Above this a reader does not keep up: it is let go, and resumes where it was. */
const MOST_BUFFERED_BYTES = 4_000_000

/** `GET /room/events`: every change of a post that the member may see, as it happens; `Last-Event-ID` resumes. */
export function eventRoutes(app: FastifyInstance, parts: RoomParts, door: Door, hub: Hub): void {
  app.get<{ Querystring: { lastEventId?: string } }>('/room/events', async (request, reply) => {
    const asker = await door.require(request)
    const lobbyId = await threadIdOf(parts, asker, LOBBY)
    const stream = openStream(reply)
    let sent = 0n
    const send = (change: PostChange) => {
      if (change.sequence <= sent) return
      sent = change.sequence
      if (change.thread.memberId !== null && change.thread.memberId !== asker.member.id) return
      if (!seenBy(change.key, asker.member.id)) return
      const thread = change.threadId === lobbyId ? LOBBY : change.threadId
      write(
        stream,
        `id: ${change.sequence}\nevent: post\ndata: ${JSON.stringify({ thread, post: postJson(change) })}\n\n`,
      )
    }

    // what happens while the past is read waits behind it
    const behind: PostChange[] = []
    let live = false
    const recheck = () => endUnless(stream, door.still(request, asker), parts.log)
    const leave = hub.subscribe((change) => (live ? send(change) : behind.push(change)), recheck)
    const heartbeat = setInterval(() => {
      write(stream, ': still here\n\n')
      recheck()
    }, HEARTBEAT_MS)
    stream.once('close', () => {
      leave()
      clearInterval(heartbeat)
    })

    try {
      const from = lastEventId(request.headers['last-event-id'] ?? request.query.lastEventId)
      if (from === undefined) write(stream, `retry: 1000\nid: ${await hub.newest()}\n\n`)
      else {
        write(stream, 'retry: 1000\n\n')
        for await (const change of hub.replay(from)) send(change)
      }
      live = true
      for (const change of behind) send(change)
    } catch (error) {
      parts.log.warn({ err: error }, 'an event stream could not start')
      stream.destroy()
    }
  })
}

function openStream(reply: FastifyReply): ServerResponse {
  reply.hijack()
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  return reply.raw
}

/** Who was removed, or whose session has expired, hears nothing more. What could not be told is asked again with the next heartbeat. */
function endUnless(stream: ServerResponse, may: Promise<boolean>, log: Logger): void {
  may.then(
    (still) => {
      if (!still) stream.end()
    },
    (error: unknown) => log.warn({ err: error }, 'cannot tell whether a stream may stay open'),
  )
}

function write(stream: ServerResponse, text: string): void {
  if (stream.writableEnded || stream.destroyed) return
  stream.write(text)
  if (stream.writableLength > MOST_BUFFERED_BYTES) stream.destroy()
}

function lastEventId(given: string | string[] | undefined): bigint | undefined {
  const text = Array.isArray(given) ? given[0] : given
  return text !== undefined && /^\d{1,18}$/.test(text) ? BigInt(text) : undefined
}
