import { createHash } from 'node:crypto'
import { mapArtifacts } from './map-artifacts.ts'

/**
 * SHA-256 of what a result depends on, independent of the order of properties and of which project's reference names a
 * file: two projects with the same bytes ask for the same result.
 */
export function resultKey(parts: readonly unknown[]): string {
  const named = mapArtifacts(parts, ({ sha256, kind, language }) => ({ sha256, kind, language }))
  return createHash('sha256').update(canonical(named)).digest('hex')
}

function canonical(value: unknown): string {
  if (value === undefined) return 'null'
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonical(entry)}`).join()}}`
}
