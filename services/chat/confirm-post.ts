import type { ScopedDb } from '#prisma/scoped.ts'

/** The platform took the post under this id. */
export async function confirmPost(db: ScopedDb, postId: string, externalId: string): Promise<void> {
  await db.post.updateMany({ where: { id: postId }, data: { externalId } })
}
