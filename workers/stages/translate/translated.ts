/** Lines in the order of the source, undefined where no provider could, and who made them. */
export interface Translated {
  readonly lines: readonly (string | undefined)[]
  readonly by: readonly { readonly provider: string; readonly model?: string | undefined; readonly draft: boolean }[]
  /** indices of lines in which a term of the glossary is not as it must be */
  readonly withoutTerm?: ReadonlySet<number>
}
