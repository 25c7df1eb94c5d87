import type { ScopedDb } from '#prisma/scoped.ts'

/** The server-side meaning of a token, as it was minted. */
export interface MintedAction {
  readonly token: string
  readonly roomId: string
  readonly threadId: string | null
  readonly projectId: string | null
  readonly name: string
  readonly verb: string
  readonly target: string
  readonly version: number
  readonly payload: unknown
  readonly role: string
  readonly memberId: string | null
  readonly oneShot: boolean
  readonly usedAt: Date | null
  readonly usedBy: string | null
  readonly expiresAt: Date | null
}

/** What a token means in this workspace; undefined where it means nothing. */
export async function findAction(db: ScopedDb, token: string): Promise<MintedAction | undefined> {
  return (await db.action.findUnique({ where: { token } })) ?? undefined
}
