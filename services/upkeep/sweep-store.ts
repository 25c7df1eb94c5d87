import { unreferencedHashes } from '#prisma/queries/system/storage.ts'
import type { UpkeepContext } from './context.ts'

const BATCH = 500

/**
 * Removes bytes that no tenant refers to: what a crash left between storing a file and noting it. A file goes only when the
 * pass before found it unreferenced too (`suspects`), because a file is in the store before its row is. Returns the suspects
 * for the next pass.
 */
export async function sweepStore(ctx: UpkeepContext, suspects: ReadonlySet<string>): Promise<Set<string>> {
  const found = new Set<string>()
  let removed = 0
  const look = async (hashes: readonly string[]): Promise<void> => {
    for (const hash of await unreferencedHashes(ctx.db, hashes)) {
      if (!suspects.has(hash)) {
        found.add(hash)
        continue
      }
      await ctx.storage.delete(hash)
      removed++
    }
  }
  let batch: string[] = []
  for await (const hash of ctx.storage.list()) {
    batch.push(hash)
    if (batch.length < BATCH) continue
    await look(batch)
    batch = []
  }
  await look(batch)
  if (removed > 0) ctx.log.info({ files: removed }, 'bytes without a reference removed')
  return found
}
