/** The tenant of a row: nothing crosses it. */
export interface Scope {
  readonly workspaceId: string
  readonly nicheId: string
}
