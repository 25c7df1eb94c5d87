/** Lines in the order of the source, undefined where no provider could, and who made them. */
export interface Translated {
  readonly lines: readonly (string | undefined)[]
  readonly by: readonly { readonly provider: string; readonly model?: string | undefined; readonly draft: boolean }[]
}
