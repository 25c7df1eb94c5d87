import { newId } from '#core/ids.ts'
import type { Role } from '#domain/role.ts'
import { takeInvite } from '#prisma/queries/system/sessions.ts'
import type { UnscopedDb } from '#prisma/unscoped.ts'
import { inviteHash } from './invite.ts'

/** Uses up an invitation and makes its member; undefined when it was used, has expired or never was. For the surface that takes the link. */
export async function acceptInvite(request: {
  readonly db: UnscopedDb
  readonly token: string
  readonly surface: string
  readonly now: Date
}): Promise<{ workspaceId: string; memberId: string; role: Role } | undefined> {
  const { db, token, surface, now } = request
  const taken = await takeInvite(db, inviteHash(token), now)
  if (taken === undefined) return undefined
  const { workspaceId, name, role } = taken
  const memberId = newId('mbr')
  await db.member.create({ data: { id: memberId, workspaceId, surface, externalId: memberId, name, role } })
  // only invite() writes the role, from the same list
  return { workspaceId, memberId, role: role as Role }
}
