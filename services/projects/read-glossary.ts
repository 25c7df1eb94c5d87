import type { Translate } from '#core/words/index.ts'
import type { Glossary } from '#domain/glossary.ts'
import { invalid } from '../invalid.ts'

/** `Dailies=Dailies; take=tomada`: terms and how they must be translated. A term alone is kept as it is. @throws INVALID_INPUT */
export function readGlossary(t: Translate, typed: string | undefined): Glossary | undefined {
  if (typed === undefined) return undefined
  const pairs = typed
    .split(/[;\n]/u)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (pairs.length === 0) return undefined
  return Object.fromEntries(
    pairs.map((pair) => {
      const [term = '', translation = term] = pair.split('=').map((part) => part.trim())
      if (term === '' || term.length > 200 || translation.length > 200)
        throw invalid(t, 'commands.problem.glossary', { typed: pair.slice(0, 60) })
      return [term, translation]
    }),
  )
}
