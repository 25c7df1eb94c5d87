import { parseLanguage, sameLanguage } from '#domain/language.ts'
import type { SiteInfo } from './site-info.ts'

/**
 * The captions that are a transcript: in the spoken language, people's own before a machine's. A site's machine captions in
 * other languages are translations, so those are taken only under the mark of the original, or in the spoken language.
 */
export function pickCaptions(
  info: SiteInfo,
  wanted: string | undefined,
): { key: string; language: string; automatic: boolean } | undefined {
  const spoken = wanted ?? info.language
  const original = info.automaticCaptions.find((key) => key.endsWith('-orig'))
  const language = spoken ?? original?.slice(0, -'-orig'.length)
  if (language === undefined) return undefined
  const own = closest(info.captions, language)
  if (own !== undefined) return { key: own, language: tagOf(own, language), automatic: false }
  const machine =
    original !== undefined && sameLanguage(original.slice(0, -'-orig'.length), language)
      ? original
      : original === undefined
        ? closest(info.automaticCaptions, language)
        : undefined
  return machine === undefined
    ? undefined
    : { key: machine, language: tagOf(machine.replace(/-orig$/u, ''), language), automatic: true }
}

/** By the first subtag alone: what follows it may be anything. */
function closest(keys: readonly string[], language: string): string | undefined {
  return keys.find((key) => key === language) ?? keys.find((key) => sameLanguage(key.split('-', 1)[0] ?? '', language))
}

/** Sites invent tags (`en-j3PyPqV-e1s`): the language is what counts. */
function tagOf(key: string, language: string): string {
  try {
    return parseLanguage(key).tag
  } catch {
    return language
  }
}
