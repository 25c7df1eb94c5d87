import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { ERROR_CODES } from '../errors.ts'
import { en } from './en/index.ts'
import { errorWords, LOCALES, nearestLocale, translator, type WordKey } from './index.ts'
import { ptBR } from './pt-BR/index.ts'

/** Every text of a tree by its dotted key. */
function flatten(words: object, prefix = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'string'
      ? [[`${prefix}${key}`, value] as [string, string]]
      : flatten(value as object, `${prefix}${key}.`),
  )
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/{{\s*(\w+)[^}]*}}/g)].map(([, name = '']) => name).toSorted()
}

const english = new Map(flatten(en))
const portuguese = new Map(flatten(ptBR))

describe('both languages', () => {
  test('have the same keys', () => {
    expect([...portuguese.keys()].toSorted()).toEqual([...english.keys()].toSorted())
  })

  test('use the same values in each text', () => {
    for (const [key, text] of english)
      expect([key, placeholders(portuguese.get(key) ?? '')]).toEqual([key, placeholders(text)])
  })

  test('have no empty text, and every placeholder is well formed', () => {
    for (const [key, text] of [...english, ...portuguese]) {
      expect([key, text.trim().length > 0]).toEqual([key, true])
      expect([key, text.replaceAll(/{{\s*\w+(,\s*\w+)?\s*}}/g, '')]).not.toEqual([
        key,
        expect.stringMatching(/[{}]{2}/),
      ])
    }
  })

  test('every plural has both forms', () => {
    for (const key of english.keys()) {
      if (key.endsWith('_one')) expect([...english.keys()]).toContain(key.replace(/_one$/, '_other'))
    }
  })

  test('every file of words is in its index', () => {
    for (const [locale, words] of [
      ['en', en],
      ['pt-BR', ptBR],
    ] as const) {
      const files = readdirSync(path.join(import.meta.dirname, locale)).filter(
        (file) => !/^index|\.test\.ts$/.test(file),
      )
      expect(files.map((file) => path.basename(file, '.ts')).toSorted()).toEqual(Object.keys(words).toSorted())
    }
  })
})

describe('errors', () => {
  test.each(LOCALES)('every code reads well without values, and says what to do (%s)', (locale) => {
    const t = translator(locale)
    for (const code of Object.keys(ERROR_CODES)) {
      const words = errorWords(t, { code })
      expect([code, words]).toEqual([code, expect.stringMatching(/^[^{}]{15,}[.?]$/)])
      expect(words).not.toContain('errors.')
    }
  })

  test('values are used when they are there, in the way of the reader', () => {
    const error = { code: 'TOO_LONG', data: { durationMs: 6 * 3600_000, maxMs: 5 * 3600_000 } }
    expect(errorWords(translator('en'), error)).toBe(
      'This source is 6 hr long; 5 hr are accepted. Cut it into parts and send those.',
    )
    expect(errorWords(translator('pt-BR'), error)).toMatch(/^Este material dura 6 h; são aceitos 5 h\./)
    expect(errorWords(translator('en'), { code: 'DEAD_URL', data: { host: 'a.org' } })).toContain('from a.org')
    expect(errorWords(translator('en'), { code: 'DEAD_URL', data: { host: 'a.org', status: 404 } })).toContain(
      'a.org answered 404',
    )
    expect(errorWords(translator('en'), { code: 'DEAD_URL', data: null })).toContain('from this link')
  })

  test('reasons of broken subtitles are put in words', () => {
    const error = { code: 'BAD_SUBTITLES', data: { line: 7, reason: 'overlap' } }
    expect(errorWords(translator('en'), error)).toContain('Line 7 of the subtitles: it starts before')
    expect(errorWords(translator('pt'), error)).toContain('Linha 7 das legendas: ela começa antes')
  })

  test('a reason has words of its own where it changes what to do', () => {
    const t = translator('en')
    expect(errorWords(t, { code: 'FORBIDDEN', data: { reason: 'wrongPassword' } })).toMatch(/^That is not the password/)
    expect(errorWords(t, { code: 'FORBIDDEN', data: { role: 'editor', reason: 'other' } })).toContain('the role editor')
    expect(errorWords(t, { code: 'NO_VOICE', data: { language: 'ja', provider: 'espeak', voice: 'bob' } })).toContain(
      'no voice “bob”',
    )
    expect(errorWords(t, { code: 'NO_VOICE', data: { language: 'ja' } })).toContain('speak Japanese.')
  })

  test('an unknown code is our own failure', () => {
    expect(errorWords(translator('en'), { code: 'toString' })).toBe(en.errors.INTERNAL)
  })

  test('a value cannot smuggle in words or options', () => {
    const tag = '$t(errors.STALE) {{line}} <b>'
    const words = errorWords(translator('en'), {
      code: 'UNKNOWN_LANGUAGE',
      data: { tag, lng: 'pt-BR', defaultValue: 'x', context: 'male', count: 2 },
    })
    expect(words).toBe(`“${tag}” is not a language known here. Use a tag such as en, es or pt-BR.`)
  })
})

test('a locale falls to the nearest', () => {
  expect(['pt', 'pt-PT', 'pt_BR', 'PT-br', 'en-GB', 'fr', ''].map(nearestLocale)).toEqual([
    'pt-BR',
    'pt-BR',
    'pt-BR',
    'pt-BR',
    'en',
    'en',
    'en',
  ])
})

test('no text of ours comes out as its key', () => {
  const t = translator('pt-BR')
  for (const key of english.keys()) expect(t(key as WordKey)).not.toBe(key)
})
