import type { ArtifactRef } from '#domain/artifact.ts'
import type { ScopedDb } from '#prisma/scoped.ts'

/** Forgets files of a message that was not accepted; the store's own clean-up removes the bytes. */
export async function dropUploads(db: ScopedDb, files: readonly ArtifactRef[]): Promise<void> {
  if (files.length === 0) return
  await db.artifact.deleteMany({ where: { id: { in: files.map((file) => file.id) }, projectId: null } })
}
