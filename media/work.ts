/** Where a media function works and what stops it. */
export interface MediaWork {
  /** an existing folder for scratch files, removed by whoever made it */
  readonly workDir: string
  readonly signal: AbortSignal
}
