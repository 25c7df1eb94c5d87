import { expect, test } from 'vitest'
import { LOCALES } from '#core/words/index.ts'
import { COMMON_LANGUAGES } from './common-languages.ts'
import { languageName, parseLanguage } from './language.ts'

test('every common language is one that people speak, as it is written, once, and has a name of its own', () => {
  expect(COMMON_LANGUAGES.map((tag) => parseLanguage(tag).tag)).toEqual([...COMMON_LANGUAGES])
  expect(new Set(COMMON_LANGUAGES).size).toBe(COMMON_LANGUAGES.length)
  for (const locale of LOCALES) {
    const names = COMMON_LANGUAGES.map((tag) => languageName(tag, locale))
    expect(new Set(names).size, locale).toBe(names.length)
  }
})
