/** One word as typed. `quoted`: it began with a quote, so it is never read as `key:value`. */
export interface TypedWord {
  readonly text: string
  readonly quoted: boolean
}

const QUOTES: Readonly<Record<string, string>> = { '"': '"', '“': '”', '„': '“', '«': '»' }

/**
 * Splits a typed line at white space; quotes keep spaces together, also behind a colon (`title:"My talk"`).
 * An open quote runs to the end of the line. Phones type curly quotes: they count.
 */
export function tokens(line: string): TypedWord[] {
  const words: TypedWord[] = []
  let text = ''
  let started = false
  let quoted = false
  let closing: string | undefined
  for (const letter of line) {
    if (closing !== undefined) {
      if (letter === closing || (closing === '”' && letter === '"')) closing = undefined
      else text += letter
    } else if (QUOTES[letter] !== undefined && (!started || text.endsWith(':'))) {
      quoted ||= !started
      closing = QUOTES[letter]
      started = true
    } else if (/\s/u.test(letter)) {
      if (started) words.push({ text, quoted })
      text = ''
      started = false
      quoted = false
    } else {
      text += letter
      started = true
    }
  }
  if (started) words.push({ text, quoted })
  return words
}
