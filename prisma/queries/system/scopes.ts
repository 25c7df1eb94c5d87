import type { Scope } from '#domain/scope.ts'
import type { UnscopedDb } from '../../unscoped.ts'

/** The tenant of a project; undefined when it is gone. */
export async function scopeOfProject(db: UnscopedDb, projectId: string): Promise<Scope | undefined> {
  const select = { workspaceId: true, nicheId: true }
  return (await db.project.findUnique({ where: { id: projectId }, select })) ?? undefined
}

/** The tenant that a workspace's rooms speak for: its default niche. */
export async function defaultScope(db: UnscopedDb, workspaceId: string): Promise<Scope | undefined> {
  const niche = await db.niche.findFirst({ where: { workspaceId, isDefault: true }, select: { id: true } })
  return niche === null ? undefined : { workspaceId, nicheId: niche.id }
}

export interface ScopedId {
  readonly id: string
  readonly scope: Scope
}

/** Projects whose threads may have to change after a silence: open runs, and what changed since. Oldest change first. */
export async function liveProjects(db: UnscopedDb, since: Date): Promise<ScopedId[]> {
  const rows = await db.project.findMany({
    where: {
      OR: [
        { updatedAt: { gte: since } },
        {
          runs: { some: { OR: [{ status: { in: ['active', 'paused', 'waiting'] } }, { finishedAt: { gte: since } }] } },
        },
      ],
    },
    select: { id: true, workspaceId: true, nicheId: true },
    orderBy: { updatedAt: 'asc' },
  })
  return rows.map(({ id, ...scope }) => ({ id, scope }))
}
