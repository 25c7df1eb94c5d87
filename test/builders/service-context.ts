import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { newId } from '#core/ids.ts'
import { silentLog } from '#core/log.ts'
import { createFolderStorage } from '#core/storage/folder.ts'
import type { Storage } from '#core/storage/storage.ts'
import { translator } from '#core/words/index.ts'
import type { Role } from '#domain/role.ts'
import { createEngine } from '#engine/create.ts'
import type { Engine } from '#engine/engine.ts'
import { timings } from '#engine/timings.ts'
import type { Database } from '#prisma/client.ts'
import { scopedDb } from '#prisma/scoped.ts'
import { unscopedDb } from '#prisma/unscoped.ts'
import { releaseBytes } from '#services/artifacts/release-bytes.ts'
import type { ServiceContext } from '#services/context.ts'
import type { CommandContext } from '#commands/define.ts'
import { buildTenant, type Tenant } from './tenant.ts'

/** A studio without its processes: services with their real engine, database and store. */
export interface Bench {
  readonly engine: Engine
  readonly storage: Storage
  /** a tenant of its own, with one admin; `name` is in what it makes */
  crew(name?: string): Promise<Crew>
  /** another niche of a crew's workspace, with the same people */
  neighbour(crew: Crew, name: string): Promise<Crew>
  close(): Promise<void>
}

export interface Crew extends Tenant {
  readonly name: string
  context(options?: {
    readonly role?: Role
    readonly memberId?: string
    readonly locale?: string
    readonly now?: Date
  }): ServiceContext
  command(options?: Partial<Pick<CommandContext, 'projectId' | 'files'>>): CommandContext
}

export async function buildBench(database: Database): Promise<Bench> {
  const dir = await mkdtemp(path.join(tmpdir(), 'dailies-services-'))
  const storage = createFolderStorage(dir)
  const engine = createEngine({ database, timings: timings(0.05), log: silentLog })
  const crewOf = (tenant: Tenant, name: string): Crew => {
    const context: Crew['context'] = ({ role = 'admin', memberId = tenant.memberId, locale = 'en', now } = {}) => ({
      scope: tenant.scope,
      member: { id: memberId, name: `${name}-member`, role, locale },
      db: tenant.db,
      engine,
      storage,
      secretKey: Buffer.alloc(32, 7),
      t: translator(locale),
      log: silentLog,
      publicUrl: 'http://studio.test',
      releaseBytes: async (sha256s) =>
        void (await releaseBytes({ db: unscopedDb(database), storage, sha256s, log: silentLog })),
      now: () => now ?? new Date(),
    })
    const command: Crew['command'] = ({ projectId, files = [] } = {}) => ({
      ...context(),
      roomId: tenant.roomId,
      projectId,
      files,
    })
    return { ...tenant, name, context, command }
  }
  return {
    engine,
    storage,
    crew: async (name = 'crew') => crewOf(await buildTenant(database, name), name),
    async neighbour(crew, name) {
      const scope = { ...crew.scope, nicheId: newId('nch') }
      await database.prisma.niche.create({ data: { id: scope.nicheId, workspaceId: scope.workspaceId, name } })
      return crewOf({ ...crew, scope, db: scopedDb(database, scope) }, name)
    },
    async close() {
      await engine.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
