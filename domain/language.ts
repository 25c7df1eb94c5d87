import { AppError } from '#core/errors.ts'
import { ISO_639_2 } from './language-codes.ts'

/** A language that people speak, as BCP 47. */
export interface Language {
  /** canonical form, e.g. 'pt-BR' for 'pt-br' or 'pt_BR' */
  readonly tag: string
  /** the bare language, e.g. 'pt' */
  readonly language: string
  readonly script?: string
  readonly region?: string
}

/** Reads a BCP 47 tag in any case, with `-` or `_`. Throws UNKNOWN_LANGUAGE {tag} for what no one speaks. */
export function parseLanguage(tag: string): Language {
  const locale = canonical(tag)
  // newer engines have no language at all for 'und'
  if (!locale?.language || NOT_SPOKEN.has(locale.language)) throw unknown(tag)
  if (!known('language', locale.language)) throw unknown(tag)
  if (locale.region !== undefined && !known('region', locale.region)) throw unknown(tag)
  if (locale.script !== undefined && !known('script', locale.script)) throw unknown(tag)
  return {
    tag: locale.baseName,
    language: locale.language,
    ...(locale.script === undefined ? {} : { script: locale.script }),
    ...(locale.region === undefined ? {} : { region: locale.region }),
  }
}

/** The language's name for people who read `locale`, e.g. 'português (Brasil)'; the tag itself where there is none. */
export function languageName(tag: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'language' }).of(tag.replaceAll('_', '-')) ?? tag
  } catch {
    return tag
  }
}

/** The ISO 639-2/T code that media containers want, e.g. 'por'; 'und' when there is none. */
export function iso639_2(tag: string): string {
  const language = canonical(tag)?.language || 'und'
  return ISO_639_2[language] ?? (language.length === 3 ? language : 'und')
}

/** Whether speech in `spoken` serves somebody who asked for `wanted`: the same language, whatever the region. */
export function sameLanguage(spoken: string, wanted: string): boolean {
  const language = canonical(spoken)?.language
  return Boolean(language) && language === canonical(wanted)?.language
}

/** Multiple, undetermined, none, not coded: true tags, but nothing can be translated into them. */
const NOT_SPOKEN = new Set(['mul', 'und', 'zxx', 'mis', 'root'])

function canonical(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag.trim().replaceAll('_', '-'))
  } catch {
    return undefined
  }
}

function known(type: 'language' | 'region' | 'script', code: string): boolean {
  if (type === 'language' && code in ISO_639_2) return true
  return new Intl.DisplayNames('en', { type, fallback: 'none' }).of(code) !== undefined
}

function unknown(tag: string): AppError {
  return new AppError('UNKNOWN_LANGUAGE', 'no language has this tag', { data: { tag: tag.slice(0, 40) } })
}
