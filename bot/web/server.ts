import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import fastify, { type FastifyInstance } from 'fastify'
import { AppError } from '#core/errors.ts'
import { translator } from '#core/words/index.ts'
import { createDoor } from './door.ts'
import { guardHeaders, guardOrigin } from './guard.ts'
import type { Hub } from './hub.ts'
import type { RoomParts } from './parts.ts'
import { sendProblem } from './problem.ts'
import { actionRoutes } from './routes/actions.ts'
import { commandRoutes } from './routes/commands.ts'
import { eventRoutes } from './routes/events.ts'
import { fileRoutes } from './routes/files.ts'
import { meRoutes } from './routes/me.ts'
import { messageRoutes } from './routes/messages.ts'
import { pageRoutes } from './routes/page.ts'
import { sessionRoutes } from './routes/session.ts'
import { threadRoutes } from './routes/threads.ts'
import { trustProxy } from './trust-proxy.ts'

/** Probes come by address, from inside: they tell nothing about anybody. */
const PROBES: ReadonlySet<string> = new Set(['/healthz', '/readyz'])

/** The web room's HTTP server, not listening yet (docs/room-api.md). `mount` adds the API's own routes behind the same guard. */
export async function createRoomServer(
  parts: RoomParts,
  hub: Hub,
  mount?: (app: FastifyInstance) => Promise<void>,
): Promise<FastifyInstance> {
  const app = fastify({
    forceCloseConnections: true,
    bodyLimit: 2_000_000,
    trustProxy: parts.access.publicOrigin !== undefined && trustProxy,
    routerOptions: { maxParamLength: 300 },
  })
  const door = createDoor(parts)
  const refuseForeign = guardOrigin(parts.access)
  app.addHook('onRequest', async (request, reply) => {
    guardHeaders(request, reply)
    if (!PROBES.has(request.url)) await refuseForeign(request)
  })
  app.setErrorHandler(async (thrown, request, reply) => {
    const known = thrown instanceof AppError && thrown.code !== 'INTERNAL'
    if (known) parts.log.info({ url: request.url, code: thrown.code }, 'refused')
    else parts.log.error({ err: thrown, url: request.url }, 'a request failed')
    const asker = await door.identify(request).catch(() => undefined)
    return sendProblem(reply, thrown, translator(asker?.member.locale ?? door.strangersLocale(request)))
  })
  app.setNotFoundHandler((request, reply) =>
    sendProblem(reply, new AppError('NOT_FOUND', 'no such page'), translator(door.strangersLocale(request))),
  )
  await app.register(cookie)
  await app.register(multipart)
  await app.register(rateLimit, { global: false })
  sessionRoutes(app, parts, door)
  messageRoutes(app, parts, door)
  threadRoutes(app, parts, door)
  actionRoutes(app, parts, door)
  eventRoutes(app, parts, door, hub)
  fileRoutes(app, parts, door)
  commandRoutes(app, parts, door)
  meRoutes(app, door)
  await pageRoutes(app)
  await mount?.(app)
  return app
}
