import type { Catalogue } from '../generated/client.ts'
import type { ScopedDb } from '../scoped.ts'

/** What workers can do for this workspace: its own entry of a provider hides the installation's. */
export async function listCatalogue(db: ScopedDb, capability?: string): Promise<Catalogue[]> {
  const rows = await db.catalogue.findMany({
    where: capability === undefined ? {} : { capability },
    // '' sorts first, so that the workspace's own entry is set last
    orderBy: [{ workspaceId: 'asc' }, { capability: 'asc' }, { provider: 'asc' }],
  })
  return [...new Map(rows.map((row) => [`${row.capability}/${row.provider}`, row])).values()]
}
