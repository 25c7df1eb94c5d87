import { newId } from '#core/ids.ts'
import { ARTIFACT_KINDS } from '#domain/artifact.ts'
import type { ArtifactKind, ArtifactRef } from '#domain/artifact.ts'
import type { Artifact } from '../generated/client.ts'
import type { ScopedDb } from '../scoped.ts'

/** Makes the tenant's own reference to bytes that are in the store. */
export async function createArtifact(
  db: ScopedDb,
  file: Omit<ArtifactRef, 'id'> & { readonly projectId?: string; readonly stepId?: string },
): Promise<ArtifactRef> {
  const { language = null, durationMs = null, projectId = null, stepId = null, bytes, ...rest } = file
  const row = await db.artifact.create({
    data: { ...db.scope, ...rest, id: newId('art'), bytes: BigInt(bytes), language, durationMs, projectId, stepId },
  })
  return asRef(row)
}

export async function findArtifact(db: ScopedDb, id: string): Promise<ArtifactRef | undefined> {
  const row = await db.artifact.findUnique({ where: { id } })
  return row === null ? undefined : asRef(row)
}

/** Files of a project, oldest first. */
export async function listArtifacts(
  db: ScopedDb,
  projectId: string,
  kinds: readonly ArtifactKind[] = ARTIFACT_KINDS,
): Promise<ArtifactRef[]> {
  const rows = await db.artifact.findMany({
    where: { projectId, kind: { in: [...kinds] } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  return rows.map(asRef)
}

function asRef(row: Artifact): ArtifactRef {
  const { id, sha256, mime, name, language, durationMs } = row
  return {
    id,
    sha256,
    // only createArtifact and the workers write the column, from the same list
    kind: row.kind as ArtifactKind,
    mime,
    name,
    bytes: Number(row.bytes),
    ...(language === null ? {} : { language }),
    ...(durationMs === null ? {} : { durationMs }),
  }
}
