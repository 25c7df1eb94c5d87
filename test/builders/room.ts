import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startBot, type BotOptions } from '#bot/main.ts'
import { actions } from '#commands/actions/index.ts'
import { commands } from '#commands/index.ts'
import { silentLog } from '#core/log.ts'
import { createFolderStorage } from '#core/storage/folder.ts'
import type { Storage } from '#core/storage/storage.ts'
import { createEngine } from '#engine/create.ts'
import type { Engine } from '#engine/engine.ts'
import { timings } from '#engine/timings.ts'
import { ensureRoom } from '#prisma/queries/system/rooms.ts'
import { scopedDb, type ScopedDb } from '#prisma/scoped.ts'
import { unscopedDb } from '#prisma/unscoped.ts'
import { ensureOwner } from '#services/chat/ensure-owner.ts'
import { testDatabase, type TestDatabase } from '../setup/database.ts'

/** A web room on a fresh database, with the real commands, actions and engine, and no worker. */
export interface TestRoom {
  readonly url: string
  readonly db: ScopedDb
  readonly database: TestDatabase['database']
  readonly roomId: string
  readonly ownerId: string
  readonly engine: Engine
  readonly storage: Storage
  /** calls the room as a browser at this machine would */
  call(method: string, url: string, body?: object | FormData, headers?: Record<string, string>): Promise<Response>
  /** the bot dies and comes back on the same database */
  restart(): Promise<void>
  stop(): Promise<void>
}

export async function startTestRoom(
  options: Partial<Pick<BotOptions, 'password' | 'publicUrl' | 'host' | 'secretKey'>> = {},
): Promise<TestRoom> {
  const fresh = await testDatabase()
  const dataDir = await mkdtemp(path.join(tmpdir(), 'dailies-room-'))
  const start = (port: number) =>
    startBot({
      databaseUrl: fresh.url,
      dataDir,
      host: '127.0.0.1',
      timeScale: 0.05,
      commands,
      actions,
      log: silentLog,
      ...options,
      port,
    })
  let bot = await start(0)
  const { roomId, scope } = await ensureRoom(unscopedDb(fresh.database), {
    surface: 'web',
    externalId: 'web',
    name: 'Dailies',
  })
  const db = scopedDb(fresh.database, scope)
  const engine = createEngine({ database: fresh.database, timings: timings(0.05), log: silentLog })
  const base = options.publicUrl === undefined ? bot.url : bot.localUrl
  return {
    url: base,
    db,
    database: fresh.database,
    roomId,
    ownerId: (await ensureOwner(db)).id,
    engine,
    storage: createFolderStorage(path.join(dataDir, 'store')),
    call: (method, url, body, headers = {}) => {
      const form = body instanceof FormData
      const type: Record<string, string> = body === undefined || form ? {} : { 'content-type': 'application/json' }
      return fetch(new URL(url, base), {
        method,
        headers: { ...type, ...headers },
        ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
      })
    },
    restart: async () => {
      const port = Number(new URL(base).port)
      await bot.stop()
      bot = await start(port)
    },
    stop: async () => {
      await bot.stop()
      await engine.close()
      await fresh.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
