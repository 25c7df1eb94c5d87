/** What a stored key is bound to when it is sealed: it opens for no other workspace and under no other name. */
export function secretAad(workspaceId: string, name: string): string {
  return `${workspaceId}:${name}`
}
