import type { Member } from '../../generated/client.ts'
import type { UnscopedDb } from '../../unscoped.ts'

/** Who holds a web session cookie, by the hash of its token; undefined when it expired or its member was removed. */
export async function findSessionMember(db: UnscopedDb, tokenHash: string, now: Date): Promise<Member | undefined> {
  const session = await db.session.findUnique({ where: { tokenHash }, include: { member: true } })
  if (session === null || session.expiresAt <= now || session.member.removedAt !== null) return undefined
  return session.member
}

/** Uses up an invite, once: of two people with the same link, the second gets undefined. */
export async function takeInvite(
  db: UnscopedDb,
  tokenHash: string,
  now: Date,
): Promise<{ workspaceId: string; name: string; role: string } | undefined> {
  const [invite] = await db.invite.updateManyAndReturn({
    where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
    select: { workspaceId: true, name: true, role: true },
  })
  return invite
}

export async function removeExpiredSessions(db: UnscopedDb, now: Date): Promise<number> {
  return (await db.session.deleteMany({ where: { expiresAt: { lte: now } } })).count
}
