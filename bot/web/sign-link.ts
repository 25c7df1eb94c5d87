import { linkSignature } from './secrets.ts'

/** A link to a file that works without a session until `expires` (s since the epoch): for players outside the room. */
export function signLink(
  key: Buffer,
  link: { readonly workspaceId: string; readonly artifactId: string; readonly name: string; readonly expires: number },
): string {
  const path = `/files/${encodeURIComponent(link.artifactId)}`
  const signature = linkSignature(key, { workspaceId: link.workspaceId, path, expires: link.expires })
  return `${path}?name=${encodeURIComponent(link.name)}&expires=${link.expires}&signature=${signature}`
}
