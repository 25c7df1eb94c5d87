import type { UnscopedDb } from '../../unscoped.ts'

/** Forgets uploads that no project took before a moment; returns their hashes. */
export async function forgetUnusedUploads(
  db: UnscopedDb,
  due: { readonly before: Date; readonly limit: number },
): Promise<string[]> {
  const unused = { kind: 'upload', projectId: null, createdAt: { lt: due.before } }
  const rows = await db.artifact.findMany({
    where: unused,
    select: { id: true },
    orderBy: { createdAt: 'asc' },
    take: due.limit,
  })
  // asked again in the statement itself: a project may take one at this moment
  const gone = { ...unused, id: { in: rows.map((row) => row.id) } }
  const files = await db.artifact.findMany({ where: gone, select: { sha256: true } })
  await db.artifact.deleteMany({ where: gone })
  return [...new Set(files.map((file) => file.sha256))]
}
