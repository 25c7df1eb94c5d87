import { newId } from '#core/ids.ts'
import type { ScopedDb } from '#prisma/scoped.ts'

/** A member for an invite that was just used up: its name and role, nobody else's. */
export async function joinByInvite(
  db: ScopedDb,
  invite: { readonly name: string; readonly role: string },
): Promise<{ id: string }> {
  const { workspaceId } = db.scope
  const id = newId('mbr')
  const { name, role } = invite
  return db.member.create({
    data: { id, workspaceId, surface: 'web', externalId: id, name, role },
    select: { id: true },
  })
}
