import type { ArtifactKind, ArtifactRef } from '#domain/artifact.ts'
import { createArtifact } from '#prisma/queries/artifacts.ts'
import type { ServiceContext } from '../context.ts'

/** Stores a small text (cues, subtitles) as an artifact of a project. */
export async function saveText(request: {
  readonly ctx: ServiceContext
  readonly projectId: string
  readonly text: string
  readonly kind: ArtifactKind
  readonly mime: string
  readonly name: string
  readonly language?: string
}): Promise<ArtifactRef> {
  const { ctx, text, ...file } = request
  const stored = await ctx.storage.put(Buffer.from(text, 'utf8'))
  return createArtifact(ctx.db, { ...file, ...stored })
}
