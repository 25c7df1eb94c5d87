import type { UnscopedDb } from '../../unscoped.ts'

/** Which of these hashes no tenant refers to: their bytes may go. */
export async function unreferencedHashes(db: UnscopedDb, hashes: readonly string[]): Promise<string[]> {
  const rows = await db.artifact.findMany({
    where: { sha256: { in: [...hashes] } },
    select: { sha256: true },
    distinct: ['sha256'],
  })
  const referenced = new Set(rows.map((row) => row.sha256))
  return hashes.filter((hash) => !referenced.has(hash))
}

/** Forgets results whose time for reuse is over. */
export async function removeExpiredResults(db: UnscopedDb, now: Date): Promise<number> {
  return (await db.stepResult.deleteMany({ where: { expiresAt: { lte: now } } })).count
}
