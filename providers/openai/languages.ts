/** What Whisper and the voices built on the same data speak (OpenAI's guides "Speech to text" and "Text to speech", supported languages). */
export const OPENAI_LANGUAGES = (
  'af ar hy az be bs bg ca zh hr cs da nl en et fi fr gl de el he hi hu is id it ja kn kk ko lv lt mk ms mr mi ne no nb fa pl pt ro ru ' +
  'sr sk sl es sw sv tl fil ta th tr uk ur vi cy'
).split(' ')

/** Whisper tells the language by its English name ('portuguese'), some servers by its code. Undefined: neither. */
export function languageTag(said: string): string | undefined {
  const name = said.trim().toLowerCase()
  const names = new Intl.DisplayNames('en', { type: 'language' })
  return OPENAI_LANGUAGES.find((code) => code === name || names.of(code)?.toLowerCase() === name)
}

/** The bare language: what the service wants as its hint. */
export function bareTag(tag: string): string {
  try {
    return new Intl.Locale(tag).language
  } catch {
    return tag
  }
}
