import { readFile } from 'node:fs/promises'
import { AppError } from '#core/errors.ts'
import type { Storage, StorageSource } from '#core/storage/storage.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import { createArtifact, findArtifact } from '#prisma/queries/artifacts.ts'
import type { ScopedDb } from '#prisma/scoped.ts'
import type { StageContext } from '../stages/define.ts'

/** The files of one step: read by the tenant's own references only, saved as the project's. */
export function stepArtifacts(options: {
  readonly db: ScopedDb
  readonly storage: Storage
  readonly projectId: string
  readonly stepId: string
}): StageContext['artifacts'] {
  const { db, storage, projectId, stepId } = options

  async function path(ref: ArtifactRef): Promise<string> {
    const known = await findArtifact(db, ref.id)
    if (known?.sha256 !== ref.sha256) throw new AppError('NOT_FOUND', `no file ${ref.id}`, { data: { name: ref.name } })
    return storage.localPath(ref.sha256)
  }

  async function save(
    source: StorageSource,
    file: Omit<Parameters<StageContext['artifacts']['save']>[0], 'path'>,
  ): Promise<ArtifactRef> {
    const stored = await storage.put(source)
    const { kind, mime, name, language, durationMs } = file
    return createArtifact(db, {
      ...stored,
      kind,
      mime,
      name,
      projectId,
      stepId,
      ...(language !== undefined && { language }),
      ...(durationMs !== undefined && { durationMs: Math.round(durationMs) }),
    })
  }

  return {
    path,
    save: ({ path: from, ...file }) => save({ path: from, move: true }, file),
    saveText: ({ text, ...file }) => save(Buffer.from(text), file),
    readJson: async (ref, schema) => schema.parse(JSON.parse(await readFile(await path(ref), 'utf8'))),
  }
}
