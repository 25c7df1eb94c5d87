import type { ScopedDb } from '#prisma/scoped.ts'

/** Gives a one-shot token back when what it stood for could not be done: nothing was decided. */
export async function releaseAction(db: ScopedDb, token: string, memberId: string): Promise<void> {
  await db.action.updateMany({ where: { token, usedBy: memberId }, data: { usedAt: null, usedBy: null } })
}
