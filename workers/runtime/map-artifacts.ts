import { artifactRef, type ArtifactRef } from '#domain/artifact.ts'

/** A JSON value with every artifact reference in it replaced by what `change` makes of it. */
export function mapArtifacts(value: unknown, change: (ref: ArtifactRef) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((entry) => mapArtifacts(entry, change))
  const ref = 'sha256' in value ? artifactRef.safeParse(value) : undefined
  if (ref?.success) return change(ref.data)
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, mapArtifacts(entry, change)]))
}

/** The artifact references in a JSON value, each id once. */
export function artifactsIn(value: unknown): readonly ArtifactRef[] {
  const found = new Map<string, ArtifactRef>()
  mapArtifacts(value, (ref) => found.set(ref.id, ref))
  return [...found.values()]
}
