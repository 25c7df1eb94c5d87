import type { Logger } from '#core/log.ts'
import type { Storage } from '#core/storage/storage.ts'
import { unreferencedHashes } from '#prisma/queries/system/storage.ts'
import type { UnscopedDb } from '#prisma/unscoped.ts'

/**
 * Removes bytes from the store that no tenant refers to any more; others stay. Composition roots make `ctx.releaseBytes` of
 * it: bytes may be shared between tenants, so this is asked across all of them.
 */
export async function releaseBytes(request: {
  readonly db: UnscopedDb
  readonly storage: Storage
  readonly sha256s: readonly string[]
  readonly log: Logger
}): Promise<number> {
  const { db, storage, sha256s, log } = request
  if (sha256s.length === 0) return 0
  const free = await unreferencedHashes(db, sha256s)
  for (const sha256 of free) await storage.delete(sha256)
  if (free.length > 0) log.info({ files: free.length }, 'bytes released')
  return free.length
}
