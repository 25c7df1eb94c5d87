import type { UnscopedDb } from '../../unscoped.ts'
import type { ScopedId } from './scopes.ts'

/** Projects made before a moment that have no run, oldest first. */
export async function unstartedProjects(
  db: UnscopedDb,
  due: { readonly before: Date; readonly limit: number },
): Promise<(ScopedId & { kind: string; request: unknown })[]> {
  const rows = await db.project.findMany({
    where: { deletedAt: null, createdAt: { lt: due.before }, runs: { none: {} } },
    select: { id: true, workspaceId: true, nicheId: true, kind: true, request: true },
    orderBy: { createdAt: 'asc' },
    take: due.limit,
  })
  return rows.map(({ id, kind, request, ...scope }) => ({ id, kind, request, scope }))
}
