import i18next, { type i18n } from 'i18next'
import { AppError, ERROR_CODES } from '../errors.ts'
import { en } from './en/index.ts'
import { addFormats } from './formats.ts'
import { ptBR } from './pt-BR/index.ts'
import type { KeyOf } from './words.ts'

export const LOCALES = ['en', 'pt-BR'] as const
export type Locale = (typeof LOCALES)[number]

/** `area.key`; a key with plural forms (`key_one`, `key_other`) is named without them and takes `count`. */
export type WordKey = KeyOf<typeof en>

/**
 * Words for people. `{{name}}` stands for a value; `{{size, bytes}}`, `{{took, duration}}` (ms), `{{at, clock}}` (ms) and
 * `{{cost, dollars}}`, `{{to, language}}` write it the reader's way. Nothing is escaped: surfaces do that.
 */
export type Translate = (key: WordKey, values?: Readonly<Record<string, unknown>>) => string

const instance = start()

/** The words of a locale: exact, else of the same language ('pt' and 'pt-PT' read 'pt-BR'), else English. */
export function translator(locale: string): Translate {
  const fixed = instance.getFixedT(nearestLocale(locale))
  return (key, values = {}) => {
    const { count } = values
    // under `replace`, a value cannot be taken for one of i18next's own options
    return fixed(key as string, { replace: values, ...(typeof count === 'number' && { count }) })
  }
}

/** The locale of ours that serves a BCP 47 tag best. */
export function nearestLocale(locale: string): Locale {
  const wanted = locale.toLowerCase().replace('_', '-')
  const language = wanted.split('-')[0]
  return (
    LOCALES.find((known) => known.toLowerCase() === wanted) ??
    LOCALES.find((known) => known.split('-')[0] === language) ??
    'en'
  )
}

/**
 * What people read of an error. `errors.<CODE>` reads well alone; `errors.<CODE>_<reason>`, `_known`, `_partly` say more and are used
 * when the error's data has all their values. A `reason` that is a key of `errors.subtitles` is put in words.
 */
export function errorWords(t: Translate, error: { readonly code: string; readonly data?: unknown }): string {
  const code = Object.hasOwn(ERROR_CODES, error.code) ? error.code : 'INTERNAL'
  const values = errorValues(t, error.data)
  const best = [`${code}_${String(values['reason'])}`, `${code}_known`, `${code}_partly`].find((key) =>
    hasAllValues(key, values),
  )
  return t(`errors.${best ?? code}` as WordKey, values)
}

function errorValues(t: Translate, data: unknown): Record<string, unknown> {
  const values: Record<string, unknown> = { ...(typeof data === 'object' ? data : undefined) }
  const { reason, problems } = values
  if (typeof reason === 'string' && Object.hasOwn(en.errors.subtitles, reason))
    values['reason'] = t(`errors.subtitles.${reason}` as WordKey, values)
  if (Array.isArray(problems)) values['problems'] = problems.join('; ')
  return values
}

function hasAllValues(key: string, values: Readonly<Record<string, unknown>>): boolean {
  const template = (en.errors as Readonly<Record<string, unknown>>)[key]
  if (typeof template !== 'string') return false
  return [...template.matchAll(/{{\s*(\w+)/g)].every(
    ([, name = '']) => values[name] !== undefined && values[name] !== null && values[name] !== '',
  )
}

function start(): i18n {
  const made = i18next.createInstance()
  void made.init({
    lng: 'en',
    fallbackLng: 'en',
    initAsync: false,
    resources: { en: { translation: en }, 'pt-BR': { translation: withMany(ptBR) } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  if (!made.isInitialized) throw new AppError('INTERNAL', 'The words are not there')
  addFormats(made)
  return made
}

// Portuguese has a third form for whole millions, which reads like the plural
function withMany<T>(words: T): T {
  if (typeof words !== 'object' || words === null) return words
  const filled: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(words)) {
    if (key.endsWith('_other')) filled[`${key.slice(0, -'other'.length)}many`] = value
    filled[key] = withMany<unknown>(value)
  }
  return filled as T
}
