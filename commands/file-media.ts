import type { ArtifactRef } from '#domain/artifact.ts'
import type { CardMedia } from '#domain/card.ts'

/** A stored file as a card offers it. */
export function fileMedia(file: ArtifactRef): CardMedia {
  const { id: artifactId, mime, name, bytes, durationMs, language } = file
  return {
    artifactId,
    mime,
    name,
    bytes,
    ...(durationMs === undefined ? {} : { durationSeconds: durationMs / 1000 }),
    ...(language === undefined ? {} : { language }),
  }
}
