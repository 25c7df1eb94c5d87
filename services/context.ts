import type { Logger } from '#core/log.ts'
import type { Storage } from '#core/storage/storage.ts'
import type { Translate } from '#core/words/index.ts'
import type { Role } from '#domain/role.ts'
import type { Scope } from '#domain/scope.ts'
import type { Engine } from '#engine/engine.ts'
import type { ScopedDb } from '#prisma/scoped.ts'

/** Who asks, in which tenant, and what a use-case may touch. Every service function takes it as `ctx`. */
export interface ServiceContext {
  readonly scope: Scope
  readonly member: { readonly id: string; readonly name: string; readonly role: Role; readonly locale: string }
  /** the only database client that services and queries get */
  readonly db: ScopedDb
  readonly engine: Engine
  readonly storage: Storage
  readonly secretKey: Buffer
  /** words in the asker's language */
  readonly t: Translate
  readonly log: Logger
  now(): Date
}
