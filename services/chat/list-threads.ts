import type { ScopedDb } from '#prisma/scoped.ts'

/** A line of the list of threads. */
export interface ThreadLine {
  readonly id: string
  readonly title: string
  readonly updatedAt: Date
  /** of its newest status card */
  readonly tone: string
  /** cards that ask for a decision */
  readonly waiting: number
  readonly progress: unknown
}

/** How many threads a room lists: the newest. */
const MOST = 200

/** The threads of a room that a member may see, newest change first. */
export async function listThreads(request: {
  readonly db: ScopedDb
  readonly roomId: string
  readonly memberId: string
}): Promise<ThreadLine[]> {
  const { db, roomId, memberId } = request
  const threads = await db.thread.findMany({
    where: { roomId, OR: [{ memberId: null }, { memberId }] },
    orderBy: { updatedAt: 'desc' },
    take: MOST,
  })
  const posts = await db.post.findMany({
    where: {
      threadId: { in: threads.map((thread) => thread.id) },
      OR: [{ key: 'status' }, { card: { path: ['tone'], equals: 'ask' } }],
    },
    select: { threadId: true, key: true, card: true, updatedAt: true },
    orderBy: { sequence: 'asc' },
  })
  const byThread = Map.groupBy(posts, (post) => post.threadId)
  return threads.map(({ id, title, updatedAt }) => ({ id, title, updatedAt, ...summary(byThread.get(id) ?? []) }))
}

function summary(posts: readonly { key: string; card: unknown }[]): Pick<ThreadLine, 'tone' | 'waiting' | 'progress'> {
  const status = posts.findLast((post) => post.key === 'status')?.card as
    | { tone?: string; progress?: unknown }
    | undefined
  return {
    tone: status?.tone ?? 'info',
    waiting: posts.filter((post) => post.key !== 'status' && !post.key.startsWith('reply:')).length,
    progress: status?.progress,
  }
}
