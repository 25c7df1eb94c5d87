import type { ScopedDb } from '#prisma/scoped.ts'

/** Keeps the card that a post now shows, and counts the change. */
export async function changePost(request: {
  readonly db: ScopedDb
  readonly postId: string
  readonly card: object
  readonly cardHash: string
}): Promise<void> {
  const { db, postId, card, cardHash } = request
  await db.post.updateMany({
    where: { id: postId, cardHash: { not: cardHash } },
    data: { card, cardHash, revision: { increment: 1 } },
  })
}
