import { newId } from '#core/ids.ts'
import type { ScopedDb } from '#prisma/scoped.ts'

/** The thread of a project in a room, made when it is not there yet. Two callers at once get the same one. */
export async function openProjectThread(request: {
  readonly db: ScopedDb
  readonly roomId: string
  readonly projectId: string
  readonly title: string
}): Promise<{ id: string }> {
  const { db, roomId, projectId, title } = request
  const { workspaceId } = db.scope
  await db.thread.createMany({
    data: [{ id: newId('thr'), workspaceId, roomId, projectId, title }],
    skipDuplicates: true,
  })
  return db.thread.findUniqueOrThrow({ where: { roomId_projectId: { roomId, projectId } }, select: { id: true } })
}
