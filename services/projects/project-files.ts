import type { ArtifactKind, ArtifactRef } from '#domain/artifact.ts'
import { listArtifacts } from '#prisma/queries/artifacts.ts'
import type { ServiceContext } from '../context.ts'

/** What people made or get, as against what steps pass on. */
const KEPT: readonly ArtifactKind[] = ['upload', 'source', 'cues', 'subtitles', 'video', 'report', 'archive']

/** A project's files, newest first, each content once. `all`: also earlier revisions' cues and older exports. */
export async function projectFiles(request: {
  readonly ctx: ServiceContext
  readonly projectId: string
  readonly all: boolean
}): Promise<ArtifactRef[]> {
  const { ctx, projectId, all } = request
  const files = (await listArtifacts(ctx.db, projectId, KEPT)).toReversed()
  const seen = new Set<string>()
  return files.filter((file) => {
    const key = all ? file.sha256 : `${file.kind}/${file.name}`
    if (seen.has(key) || seen.has(file.sha256)) return false
    seen.add(key)
    seen.add(file.sha256)
    return all || file.kind !== 'cues'
  })
}
