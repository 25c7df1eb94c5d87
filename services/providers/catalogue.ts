import { catalogueDetails, type CatalogueDetails } from '#domain/catalogue.ts'
import { listCatalogue } from '#prisma/queries/catalogue.ts'
import type { ScopedDb } from '#prisma/scoped.ts'

/** One provider for one capability, as workers last published it for this workspace. */
export interface CatalogueEntry extends CatalogueDetails {
  readonly capability: string
  readonly provider: string
  readonly available: boolean
  /** words key: what is missing */
  readonly reason: string | undefined
  readonly updatedAt: Date
}

/**
 * What the workers offer this workspace: its own rows (with its own keys) win over those for all. Available ones first,
 * then the better ones.
 */
export async function readCatalogue(db: ScopedDb): Promise<CatalogueEntry[]> {
  const entries = (await listCatalogue(db)).flatMap(
    ({ capability, provider, available, reason, updatedAt, details }) => {
      const parsed = catalogueDetails.safeParse(details)
      return parsed.success
        ? [{ ...parsed.data, capability, provider, available, reason: reason ?? undefined, updatedAt }]
        : []
    },
  )
  return entries.toSorted(
    (a, b) =>
      Number(b.available) - Number(a.available) ||
      b.rank.quality - a.rank.quality ||
      a.provider.localeCompare(b.provider),
  )
}
