import { z } from 'zod'

/** One row of `espeak-ng --voices`: priority, language, age and gender, name, file, other languages in brackets. */
const row = /^\s*(\d+)\s+(\S+)\s+\S+\s+(\S+)\s+(\S+)\s*(.*)$/u

export const espeakVoice = z.object({
  tag: z.string(),
  name: z.string(),
  file: z.string(),
  others: z.array(z.string()),
})
export type EspeakVoice = z.output<typeof espeakVoice>

/** Reads the voice table; lines of another form are skipped. */
export function parseVoiceTable(text: string): EspeakVoice[] {
  return text.split('\n').flatMap((line) => {
    const found = row.exec(line)
    if (!found) return []
    const [, , tag = '', name = '', file = '', rest = ''] = found
    const others = [...rest.matchAll(/\((\S+) \d+\)/gu)].map((match) => match[1] ?? '')
    return [espeakVoice.parse({ tag, name: name.replaceAll('_', ' ').trim(), file, others })]
  })
}
