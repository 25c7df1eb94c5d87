import { languageName } from '#domain/language.ts'
import { listMembers } from '#prisma/queries/members.ts'
import type { ServiceContext } from './context.ts'
import { COMMON_LANGUAGES } from './languages/read-language.ts'
import { listProjects } from './projects/list-projects.ts'
import { readCatalogue } from './providers/catalogue.ts'
import { availableVoices } from './providers/check-voice.ts'

export interface Suggestion {
  readonly value: string
  readonly label: string
}

/** Where an option's suggestions come from (`autocomplete` in its meta). */
export type SuggestionKind = 'projects' | 'languages' | 'voices' | 'providers' | 'members'

/** As many as every platform shows. */
const MOST = 25

/** What fits what was typed so far, best first. For a list (`pt-BR,e`), `typed` is its last part. */
export async function suggest(request: { readonly ctx: ServiceContext; readonly kind: SuggestionKind; readonly typed: string }): Promise<Suggestion[]> {
  const { ctx, kind } = request
  const typed = request.typed.trim().toLowerCase()
  const fits = ({ value, label }: Suggestion) => value.toLowerCase().startsWith(typed) || label.toLowerCase().includes(typed)
  return (await SOURCES[kind](ctx)).filter(fits).slice(0, MOST)
}

const SOURCES: Readonly<Record<SuggestionKind, (ctx: ServiceContext) => Promise<Suggestion[]>>> = {
  languages: async ({ member }) => COMMON_LANGUAGES.map((tag) => ({ value: tag, label: `${tag} · ${languageName(tag, member.locale)}` })),
  members: async ({ db }) => (await listMembers(db)).map(({ name }) => ({ value: name, label: name })),
  projects: async (ctx) => (await listProjects({ ctx, limit: 100 })).map(({ number, title }) => ({ value: String(number), label: `#${number} ${title}` })),
  providers: async ({ db }) => {
    const names = (await readCatalogue(db)).filter((entry) => entry.available).map((entry) => entry.provider)
    return [...new Set(names)].map((name) => ({ value: name, label: name }))
  },
  voices: async (ctx) =>
    (await availableVoices(ctx)).map(({ provider, id, name, languages }) => ({ value: id, label: `${name} · ${provider} · ${languages.join(', ')}` })),
}
