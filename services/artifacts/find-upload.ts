import { AppError } from '#core/errors.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import { findArtifact } from '#prisma/queries/artifacts.ts'
import type { ServiceContext } from '../context.ts'

/** A file that somebody sent, by its id. @throws STALE when it was cleaned up since */
export async function findUpload(ctx: ServiceContext, id: string): Promise<ArtifactRef> {
  const file = await findArtifact(ctx.db, id)
  if (file === undefined) throw new AppError('STALE', 'the file is gone')
  return file
}
