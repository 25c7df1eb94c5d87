import type { Scope } from '#domain/scope.ts'
import type { Database } from '../../client.ts'
import { unscopedDb } from '../../unscoped.ts'
import { defaultScope } from './scopes.ts'

export interface CatalogueRow {
  readonly capability: string
  readonly provider: string
  readonly available: boolean
  readonly reason: string | null
  readonly details: object
}

/** Replaces what is published for a workspace ('' = for all) by `rows`; those of `untouched` stay as another worker wrote them. */
export async function publishCatalogue(
  database: Database,
  workspaceId: string,
  rows: readonly CatalogueRow[],
  untouched: readonly Pick<CatalogueRow, 'capability' | 'provider'>[] = [],
): Promise<void> {
  const db = unscopedDb(database)
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
export async function availableSince(database: Database, workspaceId: string, since: Date): Promise<Set<string>> {
  const rows = await unscopedDb(database).catalogue.findMany({
    where: { workspaceId, available: true, updatedAt: { gte: since } },
  })
  return new Set(rows.map(({ capability, provider }) => `${capability}/${provider}`))
}

/** Workspaces that set keys of their own. */
export async function workspacesWithSecrets(database: Database): Promise<string[]> {
  const rows = await unscopedDb(database).secret.findMany({ distinct: ['workspaceId'], select: { workspaceId: true } })
  return rows.map(({ workspaceId }) => workspaceId)
}

/** Workspaces that have rows of their own in the catalogue: some may have removed their keys since. */
export async function workspacesInCatalogue(database: Database): Promise<string[]> {
  const rows = await unscopedDb(database).catalogue.findMany({
    where: { NOT: { workspaceId: '' } },
    distinct: ['workspaceId'],
    select: { workspaceId: true },
  })
  return rows.map(({ workspaceId }) => workspaceId)
}

/** The scope in which a workspace's own keys are read; undefined when it is gone. */
export function scopeToPublish(database: Database, workspaceId: string): Promise<Scope | undefined> {
  return defaultScope(unscopedDb(database), workspaceId)
}
