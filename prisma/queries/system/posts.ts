import type { Post } from '../../generated/client.ts'
import type { UnscopedDb } from '../../unscoped.ts'

/** Posts of a room that changed after `sequence`, in that order: what an event stream replays. */
export async function postsAfter(
  db: UnscopedDb,
  roomId: string,
  sequence: bigint,
  limit: number,
): Promise<(Post & { thread: { memberId: string | null } })[]> {
  return await db.post.findMany({
    where: { roomId, sequence: { gt: sequence } },
    include: { thread: { select: { memberId: true } } },
    orderBy: { sequence: 'asc' },
    take: limit,
  })
}

/** The event id of the newest change; 0 before the first. */
export async function newestSequence(db: UnscopedDb, roomId: string): Promise<bigint> {
  return (await db.post.aggregate({ where: { roomId }, _max: { sequence: true } }))._max.sequence ?? 0n
}
