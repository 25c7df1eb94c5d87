import type { UnscopedDb } from '../../unscoped.ts'
import type { ScopedId } from './scopes.ts'

/** Projects of a workspace whose every run ended before a moment, oldest first. */
export async function endedProjects(
  db: UnscopedDb,
  due: { readonly workspaceId: string; readonly before: Date; readonly limit: number },
): Promise<ScopedId[]> {
  const { workspaceId, before, limit } = due
  const rows = await db.project.findMany({
    // `not: null` too: in SQL a run that has not ended is neither before nor after a moment
    where: { workspaceId, deletedAt: null, runs: { some: {}, every: { finishedAt: { not: null, lt: before } } } },
    select: { id: true, workspaceId: true, nicheId: true },
    orderBy: { createdAt: 'asc' },
    take: limit,
  })
  return rows.map(({ id, ...scope }) => ({ id, scope }))
}

/** Deleted projects that files arrived for afterwards: a worker was still at it. */
export async function deletedWithFiles(db: UnscopedDb, limit: number): Promise<ScopedId[]> {
  const rows = await db.project.findMany({
    where: { deletedAt: { not: null }, artifacts: { some: {} } },
    select: { id: true, workspaceId: true, nicheId: true },
    take: limit,
  })
  return rows.map(({ id, ...scope }) => ({ id, scope }))
}

/** Workspaces that have set something under `key`, with their default niche's scope. */
export async function workspacesWithSetting(db: UnscopedDb, key: string): Promise<ScopedId[]> {
  const rows = await db.setting.findMany({ where: { key, memberId: '' }, select: { workspaceId: true } })
  const niches = await db.niche.findMany({
    where: { isDefault: true, workspaceId: { in: rows.map((row) => row.workspaceId) } },
  })
  return niches.map((niche) => ({
    id: niche.workspaceId,
    scope: { workspaceId: niche.workspaceId, nicheId: niche.id },
  }))
}
