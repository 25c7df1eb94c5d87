import type { FastifyRequest } from 'fastify'
import { AppError } from '#core/errors.ts'
import { type Locale, nearestLocale } from '#core/words/index.ts'
import { ROLES } from '#domain/role.ts'
import { ensureOwner } from '#services/chat/ensure-owner.ts'
import { settleLanguage } from '#services/settings/settle-language.ts'
import type { Asker } from '../asker.ts'
import { createAttempts } from './attempts.ts'
import type { RoomMember, RoomParts } from './parts.ts'
import { sameSecret, tokenHash } from './secrets.ts'

export const SESSION_COOKIE = 'dailies_session'

/** Wrong passwords that one address may try in a minute. */
const WRONG_PER_MINUTE = 10

export interface Door {
  /** Who asks: by cookie, by the admin's password as a bearer, or the owner at this machine. Undefined: a stranger. */
  identify(request: FastifyRequest): Promise<Asker | undefined>
  /** Looks again: whether whoever opened this request could still open it. */
  still(request: FastifyRequest, asker: Asker): Promise<boolean>
  /** @throws AppError FORBIDDEN for strangers */
  require(request: FastifyRequest): Promise<Asker>
  /** Whether it is the admin's password. @throws LIMIT_REACHED after too many wrong ones */
  isPassword(request: FastifyRequest, given: string): boolean
  /** what a page speaks before anybody is known */
  strangersLocale(request: FastifyRequest): Locale
}

export function createDoor(parts: RoomParts): Door {
  const attempts = createAttempts({ most: WRONG_PER_MINUTE, windowMs: 60_000 })

  function isPassword(request: FastifyRequest, given: string): boolean {
    const { password } = parts.access
    attempts.check(request.ip)
    if (password !== undefined && sameSecret(given, password)) return true
    attempts.fail(request.ip)
    return false
  }

  async function member(request: FastifyRequest): Promise<RoomMember | undefined> {
    const cookie = request.cookies[SESSION_COOKIE]
    const known = cookie === undefined ? undefined : await parts.store.findSession(tokenHash(cookie))
    if (known) return known
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1]
    const owns = parts.access.ownerWithoutSession || (bearer !== undefined && isPassword(request, bearer))
    return owns ? ensureOwner(parts.db) : undefined
  }

  // asked once for each request: a wrong password counts once
  const asked = new WeakMap<FastifyRequest, Promise<Asker | undefined>>()

  function identify(request: FastifyRequest): Promise<Asker | undefined> {
    const known = asked.get(request) ?? look(request)
    asked.set(request, known)
    return known
  }

  async function look(request: FastifyRequest): Promise<Asker | undefined> {
    const found = await member(request)
    const role = ROLES.find((candidate) => candidate === found?.role)
    if (!found || !role) return undefined
    const preferred = role === 'admin' ? firstLanguage(request) : undefined
    const locale =
      found.locale === null ? await settleLanguage({ db: parts.db, preferred }) : nearestLocale(found.locale)
    return { scope: parts.room.scope, roomId: parts.room.id, member: { id: found.id, name: found.name, role, locale } }
  }

  return {
    identify,
    isPassword,
    still: async (request, asker) => (await look(request))?.member.id === asker.member.id,
    require: async (request) => {
      const asker = await identify(request)
      if (!asker) throw new AppError('FORBIDDEN', 'no session', { data: { reason: 'noSession' } })
      return asker
    },
    strangersLocale: (request) => nearestLocale(firstLanguage(request) ?? 'en'),
  }
}

/** What the browser asks for first. */
function firstLanguage(request: FastifyRequest): string | undefined {
  return request.headers['accept-language']?.split(/[,;]/)[0]
}
