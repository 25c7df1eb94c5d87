import type { ScopedDb } from '#prisma/scoped.ts'

/** A thread with the room that it lies in. */
export interface ChatThread {
  readonly id: string
  readonly roomId: string
  readonly surface: string
  readonly roomExternalId: string
  readonly externalId: string | null
  readonly projectId: string | null
  readonly memberId: string | null
  readonly title: string
  readonly updatedAt: Date
}

/** Where a project is shown: one thread in each room. */
export async function projectThreads(db: ScopedDb, projectId: string): Promise<ChatThread[]> {
  const threads = await db.thread.findMany({
    where: { projectId },
    include: { room: true },
    orderBy: { createdAt: 'asc' },
  })
  return threads.map(({ room, ...thread }) => ({ ...thread, surface: room.surface, roomExternalId: room.externalId }))
}
