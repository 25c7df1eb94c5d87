import type { UnscopedDb } from '../../unscoped.ts'

export interface CatalogueRow {
  readonly capability: string
  readonly provider: string
  readonly available: boolean
  readonly reason: string | null
  readonly details: object
}

/** Replaces what is published for a workspace ('' = for all) by `rows`; those of `untouched` stay as another worker wrote them. */
export async function publishCatalogue(
  db: UnscopedDb,
  workspaceId: string,
  rows: readonly CatalogueRow[],
  untouched: readonly Pick<CatalogueRow, 'capability' | 'provider'>[] = [],
): Promise<void> {
  const updatedAt = new Date()
  const kept = [...rows, ...untouched].map(({ capability, provider }) => ({ capability, provider }))
  await db.$transaction([
    db.catalogue.deleteMany({ where: { workspaceId, NOT: { OR: kept } } }),
    ...rows.map((row) =>
      db.catalogue.upsert({
        where: { workspaceId_capability_provider: { workspaceId, capability: row.capability, provider: row.provider } },
        create: { workspaceId, ...row, updatedAt },
        update: { ...row, updatedAt },
      }),
    ),
  ])
}

/** What other workers published as available for `workspaceId` since a moment, as `capability/provider`. */
export async function availableSince(db: UnscopedDb, workspaceId: string, since: Date): Promise<Set<string>> {
  const rows = await db.catalogue.findMany({ where: { workspaceId, available: true, updatedAt: { gte: since } } })
  return new Set(rows.map(({ capability, provider }) => `${capability}/${provider}`))
}

/** Workspaces that set keys of their own. */
export async function workspacesWithSecrets(db: UnscopedDb): Promise<string[]> {
  const rows = await db.secret.findMany({ distinct: ['workspaceId'], select: { workspaceId: true } })
  return rows.map(({ workspaceId }) => workspaceId)
}

/** Workspaces that have rows of their own in the catalogue: some may have removed their keys since. */
export async function workspacesInCatalogue(db: UnscopedDb): Promise<string[]> {
  const rows = await db.catalogue.findMany({
    where: { NOT: { workspaceId: '' } },
    distinct: ['workspaceId'],
    select: { workspaceId: true },
  })
  return rows.map(({ workspaceId }) => workspaceId)
}
