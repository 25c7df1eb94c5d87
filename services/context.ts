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
  /** where people open the web room, without a slash at the end: invitations are links to it */
  readonly publicUrl?: string
  /** Removes bytes from the store that no reference of any tenant needs; without it the scheduler does so later. */
  readonly releaseBytes?: (sha256s: readonly string[]) => Promise<void>
  now(): Date
}
