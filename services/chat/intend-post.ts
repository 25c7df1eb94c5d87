import { newId, randomBase62 } from '#core/ids.ts'
import type { ScopedDb } from '#prisma/scoped.ts'
import type { KeptPost } from './thread-posts.ts'

/** Writes down what is about to be sent, before it is sent: a crash in between is found by the nonce. Asking twice gives the same row. */
export async function intendPost(request: {
  readonly db: ScopedDb
  readonly thread: { readonly id: string; readonly roomId: string; readonly projectId: string | null }
  readonly key: string
  readonly generation: number
  readonly card: object
  readonly cardHash: string
  /** a surface whose posts are these rows confirms at once */
  readonly confirmed: boolean
}): Promise<KeptPost> {
  const { db, thread, key, generation, card, cardHash, confirmed } = request
  const { workspaceId } = db.scope
  const id = newId('pst')
  await db.post.createMany({
    data: [
      {
        id,
        workspaceId,
        roomId: thread.roomId,
        threadId: thread.id,
        projectId: thread.projectId,
        key,
        generation,
        card,
        cardHash,
        nonce: randomBase62(20),
        externalId: confirmed ? id : null,
      },
    ],
    skipDuplicates: true,
  })
  await db.thread.update({ where: { id: thread.id }, data: { updatedAt: new Date() } })
  return db.post.findUniqueOrThrow({ where: { threadId_key_generation: { threadId: thread.id, key, generation } } })
}
