import type { ProviderView } from '#domain/project-view.ts'
import type { ScopedDb } from '#prisma/scoped.ts'
import { readCatalogue } from './catalogue.ts'

/** What a redo can choose from. Language models translate through `text`, so they are offered for a translation too. */
export async function redoProviders(db: ScopedDb): Promise<ProviderView[]> {
  const catalogue = await readCatalogue(db)
  return catalogue.flatMap(({ capability, provider, available, draft, voices }) => {
    const view = {
      capability,
      provider,
      available,
      draft,
      voices: voices.map(({ id, name, languages }) => ({ id, name, languages })),
    }
    return capability === 'text' ? [view, { ...view, capability: 'translation' }] : [view]
  })
}
