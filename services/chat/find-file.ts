import type { ArtifactRef } from '#domain/artifact.ts'
import { findArtifact } from '#prisma/queries/artifacts.ts'
import type { ScopedDb } from '#prisma/scoped.ts'

/** A file of this tenant by its reference. */
export async function findFile(db: ScopedDb, id: string): Promise<ArtifactRef | undefined> {
  return findArtifact(db, id)
}
