import { AppError } from '#core/errors.ts'
import { LOCALES, type Translate } from '#core/words/index.ts'
import { COMMON_LANGUAGES } from '#domain/common-languages.ts'
import { languageName, parseLanguage } from '#domain/language.ts'
import { nearest } from '#domain/nearest.ts'
import { invalid } from '../invalid.ts'

/**
 * A language as typed: a BCP 47 tag stays as it was typed (posts are named by it), a name ('spanish', 'espanhol') becomes its tag.
 * @throws INVALID_INPUT with the nearest language
 */
export function readLanguage(t: Translate, typed: string): string {
  const text = typed.trim()
  const named = byName(text)
  if (named !== undefined) return named
  try {
    parseLanguage(text)
    return text.replaceAll('_', '-')
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw unknown(t, text)
  }
}

/** Several languages with commas between them, each once. @throws INVALID_INPUT */
export function readLanguages(t: Translate, typed: string): string[] {
  const found = new Map<string, string>()
  for (const part of typed
    .split(/[,;]/u)
    .map((text) => text.trim())
    .filter((text) => text !== '')) {
    const language = readLanguage(t, part)
    const { tag } = parseLanguage(language)
    if (!found.has(tag)) found.set(tag, language)
  }
  return [...found.values()]
}

function names(): Map<string, string> {
  const all = new Map<string, string>()
  for (const tag of COMMON_LANGUAGES) {
    for (const locale of LOCALES) {
      const name = plain(languageName(tag, locale))
      if (!all.has(name)) all.set(name, tag)
    }
  }
  return all
}

function byName(typed: string): string | undefined {
  return typed.length < 4 ? undefined : names().get(plain(typed))
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{Mark}/gu, '')
}

function unknown(t: Translate, typed: string): AppError {
  const known = names()
  const near = nearest(plain(typed), [...COMMON_LANGUAGES, ...known.keys()])
  const tag = near === undefined ? undefined : (known.get(near) ?? near)
  if (tag === undefined) return invalid(t, 'commands.problem.language', { typed: typed.slice(0, 40) })
  return invalid(t, 'commands.problem.languageNear', { typed: typed.slice(0, 40), near: tag })
}
