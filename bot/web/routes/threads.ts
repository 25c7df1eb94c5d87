import type { FastifyInstance } from 'fastify'
import { AppError } from '#core/errors.ts'
import { translator } from '#core/words/index.ts'
import { findThread } from '#services/chat/find-thread.ts'
import { listThreads } from '#services/chat/list-threads.ts'
import { threadPosts } from '#services/chat/thread-posts.ts'
import { seenBy } from '../../thread/reply-key.ts'
import type { Door } from '../door.ts'
import { LOBBY, threadIdOf } from '../lobby.ts'
import type { RoomParts } from '../parts.ts'
import { postJson } from '../post-json.ts'

/** `GET /room/threads` and one thread with its posts. The lobby is always there. */
export function threadRoutes(app: FastifyInstance, parts: RoomParts, door: Door): void {
  app.get('/room/threads', async (request) => {
    const asker = await door.require(request)
    const t = translator(asker.member.locale)
    const lobbyId = await threadIdOf(parts, asker, LOBBY)
    const threads = await listThreads({ db: parts.db, roomId: parts.room.id, memberId: asker.member.id })
    return threads.map(({ id, title, updatedAt, tone, waiting, progress }) => {
      const lobby = id === lobbyId
      return { id: lobby ? LOBBY : id, title: lobby ? t('room.lobby') : title, updatedAt, tone, waiting, progress }
    })
  })

  app.get<{ Params: { id: string } }>('/room/threads/:id', async (request) => {
    const asker = await door.require(request)
    const name = request.params.id
    const threadId = await threadIdOf(parts, asker, name)
    const thread = await findThread({ db: parts.db, roomId: parts.room.id, memberId: asker.member.id, threadId })
    if (!thread) throw new AppError('NOT_FOUND', 'no such thread')
    const posts = await threadPosts(parts.db, threadId)
    const title = name === LOBBY ? translator(asker.member.locale)('room.lobby') : thread.title
    return { id: name, title, posts: posts.filter((post) => seenBy(post.key, asker.member.id)).map(postJson) }
  })
}
