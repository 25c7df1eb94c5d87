import { COMMON_LANGUAGES } from '#domain/common-languages.ts'
import { languageName } from '#domain/language.ts'
import { listMembers } from '#prisma/queries/members.ts'
import type { ScopedDb } from '#prisma/scoped.ts'
import { HIDDEN_KINDS } from '../projects/hidden-kinds.ts'

interface Suggestion {
  readonly value: string
  readonly label: string
}

/** What a composer offers while somebody types an option, by what kind of thing it is. */
export async function suggestions(request: {
  readonly db: ScopedDb
  readonly locale: string
}): Promise<Readonly<Record<string, readonly Suggestion[]>>> {
  const { db, locale } = request
  const { workspaceId } = db.scope
  const [projects, members, catalogue] = await Promise.all([
    db.project.findMany({
      where: { deletedAt: null, kind: { notIn: HIDDEN_KINDS } },
      orderBy: { updatedAt: 'desc' },
      take: 50,
      select: { number: true, title: true },
    }),
    listMembers(db),
    db.catalogue.findMany({ where: { workspaceId: { in: ['', workspaceId] }, available: true } }),
  ])
  return {
    projects: projects.map(({ number, title }) => ({ value: String(number), label: title })),
    members: members.map(({ name }) => ({ value: name, label: name })),
    languages: COMMON_LANGUAGES.map((value) => ({ value, label: languageName(value, locale) })),
    providers: [...new Set(catalogue.map(({ provider }) => provider))].map((value) => ({ value, label: value })),
    voices: catalogue
      .filter(({ capability }) => capability === 'speech')
      .flatMap(voicesOf)
      .slice(0, 300),
  }
}

function voicesOf({ provider, details }: { readonly provider: string; readonly details: unknown }): Suggestion[] {
  const voices =
    typeof details === 'object' && details !== null && 'voices' in details && Array.isArray(details.voices)
      ? details.voices
      : []
  return voices.flatMap((voice: unknown) => {
    if (typeof voice !== 'object' || voice === null || !('id' in voice) || typeof voice.id !== 'string') return []
    const name = 'name' in voice && typeof voice.name === 'string' ? voice.name : voice.id
    return [{ value: `${provider}:${voice.id}`, label: `${name} · ${provider}` }]
  })
}
