import { newId } from '#core/ids.ts'
import type { ScopedDb } from '#prisma/scoped.ts'

/** The person at this machine, or whoever knows the room's password: an admin. Made when the room is first entered. */
export async function ensureOwner(
  db: ScopedDb,
): Promise<{ id: string; name: string; role: string; locale: string | null }> {
  const { workspaceId } = db.scope
  const where = { surface: 'web', externalId: 'owner' }
  const known = await db.member.findFirst({ where })
  if (known) return known
  const owner = { id: newId('mbr'), workspaceId, ...where, name: 'Owner', role: 'admin' }
  await db.member.createMany({ data: [owner], skipDuplicates: true })
  return db.member.findFirstOrThrow({ where })
}
