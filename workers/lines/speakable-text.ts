/** What a voice should say of a line: without notes in brackets and music signs, on one line. '' when nothing is left to say. */
export function speakableText(text: string): string {
  const said = text
    .replaceAll(/\[[^\]]*\]|[♪♫♬#]+/gu, ' ')
    .replaceAll(/\s+/gu, ' ')
    .trim()
  return /[\p{L}\p{N}]/u.test(said) ? said : ''
}
