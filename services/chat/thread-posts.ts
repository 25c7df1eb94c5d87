import type { ScopedDb } from '#prisma/scoped.ts'

/** A kept post; `card` is the card as last shown, with its tokens. */
export interface KeptPost {
  readonly id: string
  readonly threadId: string
  readonly key: string
  readonly generation: number
  readonly revision: number
  readonly card: unknown
  readonly cardHash: string
  readonly externalId: string | null
  readonly nonce: string
  readonly sequence: bigint
  readonly postedAt: Date
}

/** All posts of a thread in the order in which they were posted. */
export async function threadPosts(db: ScopedDb, threadId: string): Promise<KeptPost[]> {
  return db.post.findMany({ where: { threadId }, orderBy: [{ postedAt: 'asc' }, { id: 'asc' }] })
}
