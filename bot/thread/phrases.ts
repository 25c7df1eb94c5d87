import type { Translate, WordKey } from '#core/words/index.ts'
import { languageName } from '#domain/language.ts'

export interface Phrases {
  /** 754000 → '12:34' */
  clock(ms: number): string
  /** millionths of a US dollar → 'US$ 0.0124', or the word for nothing */
  money(micros: number): string
  percent(ratio: number): string
  /** 'pt-BR' → 'Portuguese (Brazil)' in the reader's language */
  language(tag: string): string
  /** a word whose key is known only when it runs; `otherwise` where there is none */
  word(key: string, otherwise: string, values?: Record<string, unknown>): string
}

/** Numbers, times and names as the reader's language writes them. */
export function phrases(locale: string, t: Translate): Phrases {
  const dollars = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', maximumSignificantDigits: 3 })
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 })
  return {
    clock,
    money: (micros) => (micros > 0 ? dollars.format(micros / 1e6) : t('cards.free')),
    percent: (ratio) => share.format(ratio),
    language: (tag) => languageName(tag, locale),
    word: (key, otherwise, values) => {
      const text = t(key as WordKey, values)
      return text === key ? otherwise : text
    },
  }
}

function clock(ms: number): string {
  const total = Math.max(0, Math.round(ms / 1000))
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60]
  const tail = String(seconds).padStart(2, '0')
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${tail}` : `${minutes}:${tail}`
}
