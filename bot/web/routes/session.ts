import type { FastifyInstance, FastifyReply } from 'fastify'
import { z } from 'zod'
import { AppError } from '#core/errors.ts'
import { randomBase62 } from '#core/ids.ts'
import { ensureOwner } from '#services/chat/ensure-owner.ts'
import { joinByInvite } from '#services/chat/join-by-invite.ts'
import { openSession } from '#services/chat/open-session.ts'
import { type Door, SESSION_COOKIE } from '../door.ts'
import type { RoomParts } from '../parts.ts'
import { parseBody } from '../parse-body.ts'
import { tokenHash } from '../secrets.ts'

const SESSION_DAYS = 30

const credentials = z.union([
  z.object({ password: z.string().min(1).max(1000) }),
  z.object({ invite: z.string().min(1).max(200) }),
])

/** `POST /room/session`: a password or an invite for a cookie. `DELETE`: leaves. */
export function sessionRoutes(app: FastifyInstance, parts: RoomParts, door: Door): void {
  app.post('/room/session', { config: { rateLimit: { max: 20, timeWindow: '1 minute' } } }, async (request, reply) => {
    const given = parseBody(credentials, request.body)
    const memberId = 'password' in given ? await byPassword(given.password) : await byInvite(given.invite)
    await giveCookie(reply, memberId)
    return reply.status(204).send()

    async function byPassword(password: string): Promise<string> {
      if (!door.isPassword(request, password))
        throw new AppError('FORBIDDEN', 'wrong password', { data: { reason: 'wrongPassword' } })
      return (await ensureOwner(parts.db)).id
    }
  })

  app.delete('/room/session', async (_request, reply) =>
    reply.clearCookie(SESSION_COOKIE, { path: '/' }).status(204).send(),
  )

  async function byInvite(token: string): Promise<string> {
    const invite = await parts.store.takeInvite(tokenHash(token))
    if (!invite) throw new AppError('STALE', 'the invite was used or has expired', { data: { reason: 'usedInvite' } })
    return (await joinByInvite(parts.db, invite)).id
  }

  async function giveCookie(reply: FastifyReply, memberId: string): Promise<void> {
    const token = randomBase62(40)
    const maxAge = SESSION_DAYS * 24 * 3600
    const expiresAt = new Date(parts.now().getTime() + maxAge * 1000)
    await openSession({ db: parts.db, memberId, tokenHash: tokenHash(token), expiresAt })
    const secure = parts.access.publicOrigin?.startsWith('https:') ?? false
    reply.setCookie(SESSION_COOKIE, token, { httpOnly: true, sameSite: 'strict', path: '/', maxAge, secure })
  }
}
