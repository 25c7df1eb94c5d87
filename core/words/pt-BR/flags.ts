import type { flags as english } from '../en/flags.ts'
import type { WordsOf } from '../words.ts'

export const flags: WordsOf<typeof english> = {
  uncertain: 'incerta: ouça-a',
  untranslated: 'sem tradução',
  term: 'fora do glossário',
  unvoiced: 'sem voz',
  late: 'começa atrasada',
  cut: 'cortada',
  rewritten: 'encurtada para caber',
}
