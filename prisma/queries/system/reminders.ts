import type { UnscopedDb } from '../../unscoped.ts'
import type { ScopedId } from './scopes.ts'

/** Checkpoints that waited since before `readyBefore` and were not reminded of at `hours` yet. */
export async function dueReminders(
  db: UnscopedDb,
  due: { readonly hours: number; readonly readyBefore: Date; readonly limit: number },
): Promise<(ScopedId & { projectId: string })[]> {
  const rows = await db.step.findMany({
    where: {
      status: 'waiting_person',
      readyAt: { lte: due.readyBefore },
      reminders: { none: { hours: due.hours } },
      run: { status: { in: ['active', 'waiting'] }, project: { deletedAt: null } },
    },
    select: { id: true, workspaceId: true, nicheId: true, projectId: true },
    orderBy: { readyAt: 'asc' },
    take: due.limit,
  })
  return rows.map(({ id, projectId, ...scope }) => ({ id, projectId, scope }))
}
