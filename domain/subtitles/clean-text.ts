/** A cue's text as every format can hold it: trimmed lines, none of them empty, no control characters. */
export function cleanText(text: string): string {
  return text
    .replaceAll(/\r\n?/gu, '\n')
    .replaceAll(/[\u0000-\u0009\u000B-\u001F\u007F\u0085\u2028\u2029]/gu, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}
