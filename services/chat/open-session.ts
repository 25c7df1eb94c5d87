import type { ScopedDb } from '#prisma/scoped.ts'
import { newId } from '#core/ids.ts'

/** Lets a member into the web room; only the hash of the cookie's token is kept. */
export async function openSession(request: {
  readonly db: ScopedDb
  readonly memberId: string
  readonly tokenHash: string
  readonly expiresAt: Date
}): Promise<void> {
  const { db, memberId, tokenHash, expiresAt } = request
  const { workspaceId } = db.scope
  await db.session.create({ data: { id: newId('ses'), workspaceId, memberId, tokenHash, expiresAt } })
}
