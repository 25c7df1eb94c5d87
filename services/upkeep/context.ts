import type { Logger } from '#core/log.ts'
import type { Storage } from '#core/storage/storage.ts'
import type { Scope } from '#domain/scope.ts'
import type { Engine } from '#engine/engine.ts'
import type { ScopedDb } from '#prisma/scoped.ts'
import type { UnscopedDb } from '#prisma/unscoped.ts'

/** What upkeep may touch: it finds what is due across all tenants, and acts on each within its own scope. */
export interface UpkeepContext {
  readonly db: UnscopedDb
  within(scope: Scope): ScopedDb
  readonly engine: Engine
  readonly storage: Storage
  readonly log: Logger
  /** multiplies every wait; tests use 0.05 */
  readonly timeScale: number
  now(): Date
}
