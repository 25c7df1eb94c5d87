/** A text up to this size is given whole with every batch; of a longer one, its beginning and what stands around the batch. */
const WHOLE_CHARACTERS = 24_000
const BEGINNING = 3000
const BEFORE = 6000
const AFTER = 4000

/** What a translator should have read before it translates lines `from` to `to` (exclusive): numbered lines. */
export function contextText(texts: readonly string[], from: number, to: number): string {
  const numbered = texts.map((text, index) => `${index + 1}. ${text}`)
  const whole = numbered.join('\n')
  if (whole.length <= WHOLE_CHARACTERS) return whole
  const before = numbered.slice(0, from).join('\n')
  const beginning = before.slice(0, BEGINNING)
  const near = before.length > BEGINNING + BEFORE ? `\n…\n${before.slice(-BEFORE)}` : before.slice(BEGINNING)
  const after = numbered.slice(to).join('\n')
  return `${beginning}${near}\n${numbered.slice(from, to).join('\n')}\n${after.slice(0, AFTER)}${after.length > AFTER ? '\n…' : ''}`
}
