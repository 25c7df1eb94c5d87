import type { ArtifactRef } from '#domain/artifact.ts'
import type { CardMedia } from '#domain/card.ts'

/** A stored file as a card shows it; `name` replaces the file's own where it must come back under another. */
export function cardMedia(file: ArtifactRef, name = file.name): CardMedia {
  return {
    artifactId: file.id,
    mime: file.mime,
    name,
    bytes: file.bytes,
    ...(file.durationMs === undefined ? {} : { durationSeconds: file.durationMs / 1000 }),
    ...(file.language === undefined ? {} : { language: file.language }),
  }
}
