import type { ScopedDb } from '#prisma/scoped.ts'

/** A thread of a room that a member may see: a project's, or the member's own lobby. Undefined: not there, or not theirs. */
export async function findThread(request: {
  readonly db: ScopedDb
  readonly roomId: string
  readonly memberId: string
  readonly threadId: string
}): Promise<{ id: string; title: string; projectId: string | null } | undefined> {
  const { db, roomId, memberId, threadId } = request
  const thread = await db.thread.findFirst({
    where: { id: threadId, roomId, OR: [{ memberId: null }, { memberId }] },
    select: { id: true, title: true, projectId: true },
  })
  return thread ?? undefined
}
