import type { Glossary } from '#domain/glossary.ts'

/** A line with its terms out of a translator's reach. */
export interface KeptTerms {
  /** what the translator gets: a made-up name in the place of each term */
  readonly text: string
  /** whether the line has any term */
  readonly any: boolean
  /** The translation with the terms as they must be; undefined where the translator lost or doubled one. */
  restore(translated: string): string | undefined
}

/**
 * Replaces terms by names that no dictionary has, which a translator by rules leaves as they are. The longest term wins;
 * case does not matter, but a term that begins with a capital in the text does so in the translation.
 */
export function keepTerms(text: string, glossary: Glossary): KeptTerms {
  const terms = Object.keys(glossary).toSorted((a, b) => b.length - a.length)
  if (terms.length === 0) return { text, any: false, restore: (translated) => translated }
  const byTerm = new Map(Object.entries(glossary).map(([term, wanted]) => [term.toLowerCase(), wanted]))
  const pattern = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${terms.map(escaped).join('|')})(?![\p{L}\p{N}])`, 'giu')
  const wanted: string[] = []
  const hidden = text.replaceAll(pattern, (found) => {
    wanted.push(asFound(byTerm.get(found.toLowerCase()) ?? found, found))
    return nameOf(wanted.length - 1)
  })
  return { text: hidden, any: wanted.length > 0, restore: (translated) => restore(translated, wanted) }
}

function restore(translated: string, wanted: readonly string[]): string | undefined {
  const seen = new Set<number>()
  let doubled = false
  const text = translated.replaceAll(NAMES, (name, digits: string) => {
    const index = Number(digits)
    doubled ||= seen.has(index) || index >= wanted.length
    seen.add(index)
    return wanted[index] ?? name
  })
  return doubled || seen.size < wanted.length ? undefined : text
}

// a capital and a digit: translators take it for a name or a number plate, and inflect neither
function nameOf(index: number): string {
  return `Qxa${index}z`
}
const NAMES = /Qxa(\d+)z/giu

function escaped(term: string): string {
  return term.replaceAll(/[\\^$.*+?()[\]{}|/]/gu, String.raw`\$&`)
}

function asFound(wanted: string, found: string): string {
  const isUpper = /^\p{Lu}/u.test(found) && /^\p{Ll}/u.test(wanted)
  return isUpper ? wanted.replace(/^\p{Ll}/u, (letter) => letter.toLocaleUpperCase()) : wanted
}
