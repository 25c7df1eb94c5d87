import { z } from 'zod'

export const ARTIFACT_KINDS = [
  'upload',
  'source',
  'audio',
  'cues',
  'subtitles',
  'speech',
  'bed',
  'mix',
  'video',
  'preview',
  'picture',
  'report',
  'archive',
] as const
export type ArtifactKind = (typeof ARTIFACT_KINDS)[number]

/** A reference to a stored file, as steps pass it on. `id` is the tenant's reference; bytes are known by `sha256`. */
export const artifactRef = z.object({
  id: z.string(),
  sha256: z.string().length(64),
  kind: z.enum(ARTIFACT_KINDS),
  mime: z.string(),
  bytes: z.int().min(0),
  name: z.string(),
  language: z.string().optional(),
  durationMs: z.int().min(0).optional(),
})
export type ArtifactRef = z.output<typeof artifactRef>
