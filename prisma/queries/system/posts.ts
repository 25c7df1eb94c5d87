import type { Scope } from '#domain/scope.ts'
import type { Post } from '../../generated/client.ts'
import type { UnscopedDb } from '../../unscoped.ts'

/** Posts of a room that changed after `sequence`, in that order: what an event stream replays. Other niches' projects stay hidden. */
export async function postsAfter(
  db: UnscopedDb,
  room: { readonly id: string; readonly scope: Scope },
  sequence: bigint,
  limit: number,
): Promise<(Post & { thread: { memberId: string | null } })[]> {
  return await db.post.findMany({
    where: {
      workspaceId: room.scope.workspaceId,
      roomId: room.id,
      OR: [{ projectId: null }, { project: { nicheId: room.scope.nicheId } }],
      sequence: { gt: sequence },
    },
    include: { thread: { select: { memberId: true } } },
    orderBy: { sequence: 'asc' },
    take: limit,
  })
}

/** The event id of the newest change; 0 before the first. */
export async function newestSequence(db: UnscopedDb, roomId: string): Promise<bigint> {
  return (await db.post.aggregate({ where: { roomId }, _max: { sequence: true } }))._max.sequence ?? 0n
}
