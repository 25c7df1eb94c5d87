import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '#core/errors.ts'
import type { RoomAccess } from './access.ts'

/**
 * Refuses requests that a foreign page made somebody's browser send: a Host that is not ours (DNS rebinding), an Origin
 * that is not the page itself, and what the browser calls cross-site, except following a link to the page.
 */
export function guardOrigin(access: RoomAccess): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    const { host = '', origin } = request.headers
    if (!access.isOurHost(hostName(host)))
      throw new AppError('FORBIDDEN', 'foreign Host', { data: { reason: 'foreignHost' } })
    if (origin !== undefined && !isOurOrigin(access, origin, host))
      throw new AppError('FORBIDDEN', 'foreign Origin', { data: { reason: 'foreignOrigin' } })
    const navigates = request.method === 'GET' && request.headers['sec-fetch-mode'] === 'navigate'
    if (request.headers['sec-fetch-site'] === 'cross-site' && !navigates)
      throw new AppError('FORBIDDEN', 'cross-site request', { data: { reason: 'foreignOrigin' } })
  }
}

/** Headers that every answer carries. Pages and files set a stricter or wider policy of their own. */
export function guardHeaders(_request: FastifyRequest, reply: FastifyReply): void {
  void reply.headers({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  })
}

function hostName(host: string): string {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname.toLowerCase() : ''
}

function isOurOrigin(access: RoomAccess, origin: string, host: string): boolean {
  if (origin === access.publicOrigin) return true
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase()
}
