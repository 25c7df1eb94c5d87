import path from 'node:path'
import type { FastifyInstance } from 'fastify'
import { healthRoutes } from '#api/health.ts'
import { metricsRoutes } from '#api/metrics.ts'
import { actions } from '#commands/actions/index.ts'
import type { Action, Command } from '#commands/define.ts'
import { commands } from '#commands/index.ts'
import { loadSecretKey } from '#core/crypto/secret-key.ts'
import { envShapes } from '#core/env-shapes.ts'
import { readEnv } from '#core/env.ts'
import { AppError } from '#core/errors.ts'
import { runProcess, type Running } from '#core/lifecycle.ts'
import { listen } from '#core/listen.ts'
import { createLog, type Logger } from '#core/log.ts'
import { createFolderStorage } from '#core/storage/folder.ts'
import type { Storage } from '#core/storage/storage.ts'
import { translator } from '#core/words/index.ts'
import { RESOURCES, type Resource } from '#domain/states.ts'
import { createEngine } from '#engine/create.ts'
import { timings } from '#engine/timings.ts'
import { connect, type Database } from '#prisma/client.ts'
import { readMetrics } from '#prisma/queries/system/metrics.ts'
import { newestSequence, postsAfter } from '#prisma/queries/system/posts.ts'
import { ensureRoom } from '#prisma/queries/system/rooms.ts'
import { liveProjects, scopeOfProject } from '#prisma/queries/system/scopes.ts'
import { checkSecretKey } from '#prisma/queries/system/secret-key.ts'
import { findSessionMember, takeInvite } from '#prisma/queries/system/sessions.ts'
import { liveWorkers } from '#prisma/queries/system/workers.ts'
import { scopedDb } from '#prisma/scoped.ts'
import { unscopedDb, type UnscopedDb } from '#prisma/unscoped.ts'
import { releaseBytes } from '#services/artifacts/release-bytes.ts'
import type { ServiceContext } from '#services/context.ts'
import { loadProjectView } from '#services/project-view.ts'
import type { Asker } from './asker.ts'
import { createDispatcher } from './dispatch.ts'
import { createKeeper, type Keeper, type KeeperParts } from './thread/keeper.ts'
import { roomAccess } from './web/access.ts'
import { createHub, type Hub } from './web/hub.ts'
import { createDoor } from './web/door.ts'
import type { RoomParts, RoomStore } from './web/parts.ts'
import { createRoomServer } from './web/server.ts'
import { createWebSurface } from './web/surface.ts'

export interface BotOptions {
  readonly databaseUrl: string
  readonly dataDir: string
  readonly host: string
  /** 0: any free one */
  readonly port: number
  readonly password?: string | undefined
  readonly publicUrl?: string | undefined
  readonly secretKey?: string | undefined
  readonly timeScale: number
  readonly commands: readonly Command[]
  readonly actions: readonly Action[]
  readonly log: Logger
}

/** A sweep also looks at what ended in the last days: a bot that was away that long still catches up. */
const SWEEP_BACK_MS = 3 * 24 * 3600_000

interface Ground {
  readonly options: BotOptions
  readonly database: Database
  readonly db: UnscopedDb
  readonly storage: Storage
  readonly secretKey: Buffer
}

/** Starts the bot: threads that follow their projects, and the web room. The composition root of `bot/`. */
export async function startBot(
  options: BotOptions,
): Promise<Running & { readonly url: string; readonly localUrl: string }> {
  const access = roomAccess({ host: options.host, password: options.password, publicUrl: options.publicUrl })
  const ground = await prepareGround(options)
  const { database, db, storage, secretKey } = ground
  const { log, commands } = options
  const engine = createEngine({ database, timings: timings(options.timeScale), log })
  // where the room is, is known once it listens
  const address = { url: access.publicOrigin ?? '' }
  const contextFor = ({ scope, member }: Asker): ServiceContext => ({
    scope,
    member,
    engine,
    storage,
    secretKey,
    log,
    db: scopedDb(database, scope),
    t: translator(member.locale),
    publicUrl: address.url,
    now: () => new Date(),
    releaseBytes: async (sha256s) => void (await releaseBytes({ db, storage, sha256s, log })),
  })
  const keeper = createKeeper({ surfaces: [createWebSurface()], log, ...projectReads(ground) })
  const dispatcher = createDispatcher({ commands, actions: options.actions, contextFor, reconcile: keeper.now })
  const web = await ensureRoom(db, { surface: 'web', externalId: 'web', name: 'Dailies' })
  const store = roomStore(db, { id: web.roomId, scope: web.scope })
  const hub = createHub(store, log)
  const parts: RoomParts = {
    access,
    store,
    storage,
    secretKey,
    dispatcher,
    contextFor,
    log,
    commands,
    room: { id: web.roomId, scope: web.scope },
    db: scopedDb(database, web.scope),
    now: () => new Date(),
  }
  const server = await createRoomServer(parts, hub, (app) => mountApi(app, ground, parts))
  const listener = await followDatabase(options, keeper, hub)
  await hub.newest()
  await keeper.sweep()
  const port = await listenAt(server, options)
  const localUrl = addressOf(options.host, port)
  address.url ||= localUrl
  const stop = async (): Promise<void> => {
    await server.close()
    await listener.close()
    await keeper.close()
    await engine.close()
    await database.close()
  }
  return { url: address.url, localUrl, stop }
}

async function prepareGround(options: BotOptions): Promise<Ground> {
  const { log, dataDir } = options
  const database = connect({
    url: options.databaseUrl,
    max: 10,
    onError: (error) => log.warn({ err: error }, 'lost an idle database connection'),
  })
  try {
    const db = unscopedDb(database)
    const secretKey = await loadSecretKey({ secretKey: options.secretKey, dataDir })
    await checkSecretKey(db, secretKey)
    return { options, database, db, secretKey, storage: createFolderStorage(path.join(dataDir, 'store')) }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** How the keeper of threads reads projects: across tenants by id, then within the project's own scope. */
function projectReads({ options, database, db }: Ground): Pick<KeeperParts, 'load' | 'live'> {
  return {
    load: async (projectId) => {
      const scope = await scopeOfProject(db, projectId)
      if (!scope) return undefined
      const scoped = scopedDb(database, scope)
      const liveResources = await resourcesServed(db, options.timeScale)
      return { db: scoped, view: await loadProjectView({ db: scoped, projectId, liveResources }) }
    },
    live: async () => (await liveProjects(db, new Date(Date.now() - SWEEP_BACK_MS))).map(({ id }) => id),
  }
}

async function resourcesServed(db: UnscopedDb, timeScale: number): Promise<Resource[]> {
  const workers = await liveWorkers(db, new Date(Date.now() - timings(timeScale).deadAfterMs))
  const slots = workers.map((worker) => worker.resources as Partial<Record<Resource, number>>)
  return RESOURCES.filter((resource) => slots.some((own) => (own[resource] ?? 0) > 0))
}

function roomStore(db: UnscopedDb, room: RoomParts['room']): RoomStore {
  const { workspaceId } = room.scope
  return {
    findSession: async (hash) => {
      const member = await findSessionMember(db, hash, new Date())
      return member?.workspaceId === workspaceId ? member : undefined
    },
    takeInvite: async (hash) => {
      const invite = await takeInvite(db, hash, new Date())
      return invite?.workspaceId === workspaceId ? invite : undefined
    },
    postsAfter: (sequence, limit) => postsAfter(db, room, sequence, limit),
    newestSequence: () => newestSequence(db, room.id),
  }
}

async function mountApi(app: FastifyInstance, { options, db, storage }: Ground, parts: RoomParts): Promise<void> {
  const door = createDoor(parts)
  const aliveSince = () => new Date(Date.now() - timings(options.timeScale).deadAfterMs)
  healthRoutes(app, {
    missing: async () => {
      const [workers, free] = await Promise.allSettled([liveWorkers(db, aliveSince()), storage.freeBytes()])
      return [
        ...(workers.status === 'rejected' ? ['database'] : workers.value.length === 0 ? ['worker'] : []),
        ...(free.status === 'rejected' ? ['store'] : []),
      ]
    },
  })
  metricsRoutes(app, {
    read: () => readMetrics(db, new Date(), aliveSince()),
    authorise: async (request) => {
      const { member } = await door.require(request)
      if (member.role !== 'admin')
        throw new AppError('FORBIDDEN', 'metrics are for admins', { data: { role: 'admin', has: member.role } })
    },
  })
}

function followDatabase({ databaseUrl, log }: BotOptions, keeper: Keeper, hub: Hub): ReturnType<typeof listen> {
  const sweep = (): void => {
    keeper.sweep().catch((error: unknown) => log.error({ err: error }, 'a sweep failed'))
  }
  return listen({
    url: databaseUrl,
    log,
    channels: {
      project: (projectId) => keeper.touch(projectId),
      post: () => hub.wake(),
      members: () => hub.recheck(),
      // the language of all threads, whether they mention, and which providers a redo offers
      settings: sweep,
      keys: sweep,
    },
    onReconnect: () => {
      hub.wake()
      hub.recheck()
      sweep()
    },
  })
}

async function listenAt(server: FastifyInstance, { host, port }: BotOptions): Promise<number> {
  try {
    await server.listen({ host, port })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error
    const problem = `HTTP_PORT ${port} is taken by another process: set another one, or 0 for any that is free`
    throw new AppError('BAD_ENV', problem, { cause: error, data: { problems: [problem] } })
  }
  const bound = server.server.address()
  return typeof bound === 'object' && bound ? bound.port : port
}

function addressOf(host: string, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  return `http://${name}:${port}`
}

if (import.meta.main) {
  await runProcess(async () => {
    const env = readEnv({
      ...envShapes.dataDir,
      ...envShapes.databaseUrl,
      ...envShapes.http,
      ...envShapes.secretKey,
      ...envShapes.timeScale,
      ...envShapes.log,
    })
    if (env.DATABASE_URL === undefined)
      throw new AppError('BAD_ENV', 'DATABASE_URL is not set', {
        data: { problems: ['DATABASE_URL is not set (npm start sets it)'] },
      })
    return startBot({
      databaseUrl: env.DATABASE_URL,
      dataDir: env.DATA_DIR,
      host: env.HTTP_HOST,
      port: env.HTTP_PORT,
      password: env.ROOM_PASSWORD,
      publicUrl: env.PUBLIC_URL,
      secretKey: env.SECRET_KEY,
      timeScale: env.TIME_SCALE,
      commands,
      actions,
      log: createLog({ name: 'bot', level: env.LOG_LEVEL }),
    })
  })
}
