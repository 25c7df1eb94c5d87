/** Types of complete.js, for its test: browsers load the script as it is. */
export interface Completion {
  readonly from: number
  readonly items: readonly { readonly insert: string; readonly label: string; readonly note: string }[]
  readonly hint?: { readonly usage: string; readonly at: string }
}

export function complete(
  text: string,
  caret: number,
  known: {
    readonly commands: readonly object[]
    readonly suggestions: Readonly<Record<string, readonly { value: string; label: string }[]>>
  },
): Completion
