import type { ScopedDb } from '#prisma/scoped.ts'

/** The platform made the thread and calls it so. */
export async function nameThread(db: ScopedDb, threadId: string, externalId: string): Promise<void> {
  await db.thread.update({ where: { id: threadId }, data: { externalId } })
}
