import { expect, it } from 'vitest'
import { iso639_2, languageName, parseLanguage, sameLanguage } from './language.ts'

it.each([
  ['pt-br', { tag: 'pt-BR', language: 'pt', region: 'BR' }],
  ['pt_BR', { tag: 'pt-BR', language: 'pt', region: 'BR' }],
  ['EN', { tag: 'en', language: 'en' }],
  ['zh-hant-tw', { tag: 'zh-Hant-TW', language: 'zh', script: 'Hant', region: 'TW' }],
  ['por', { tag: 'pt', language: 'pt' }],
  ['iw', { tag: 'he', language: 'he' }],
  ['es-419', { tag: 'es-419', language: 'es', region: '419' }],
  ['yue', { tag: 'yue', language: 'yue' }],
])('reads %s', (tag, language) => {
  expect(parseLanguage(tag)).toEqual(language)
})

it.each(['xx', 'klingon', 'und', 'pt-XX', 'en-Abcd', '', 'e', 'pt-BR-', '../etc', 'mul', 'x-private', 'zxx'])(
  'refuses %j',
  (tag) => {
    expect(() => parseLanguage(tag)).toThrow(expect.objectContaining({ code: 'UNKNOWN_LANGUAGE', data: { tag } }))
  },
)

it('names languages for the reader', () => {
  expect(languageName('pt-BR', 'en')).toBe('Brazilian Portuguese')
  expect(languageName('pt-BR', 'pt-BR')).toBe('português (Brasil)')
  expect(languageName('??', 'en')).toBe('??')
})

it('gives the codes that containers want', () => {
  expect(['pt-BR', 'en', 'de', 'zh-Hant', 'yue', 'xx', '??'].map(iso639_2)).toEqual([
    'por',
    'eng',
    'deu',
    'zho',
    'yue',
    'und',
    'und',
  ])
})

it('compares languages, not regions', () => {
  expect([
    sameLanguage('pt-BR', 'pt'),
    sameLanguage('pt-BR', 'pt-PT'),
    sameLanguage('en', 'es'),
    sameLanguage('??', '??'),
  ]).toEqual([true, true, false, false])
})
