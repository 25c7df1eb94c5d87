import { newId } from '#core/ids.ts'
import type { ScopedDb } from '#prisma/scoped.ts'

/** A member's own thread in a room: answers that have no project. Made when it is not there yet. */
export async function openLobby(request: {
  readonly db: ScopedDb
  readonly roomId: string
  readonly memberId: string
}): Promise<{ id: string }> {
  const { db, roomId, memberId } = request
  const { workspaceId } = db.scope
  const known = await db.thread.findFirst({ where: { roomId, memberId }, select: { id: true } })
  if (known) return known
  await db.thread.createMany({
    data: [{ id: newId('thr'), workspaceId, roomId, memberId, title: 'lobby' }],
    skipDuplicates: true,
  })
  return db.thread.findFirstOrThrow({ where: { roomId, memberId }, select: { id: true } })
}
