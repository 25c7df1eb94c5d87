import type { Member } from '../generated/client.ts'
import type { ScopedDb } from '../scoped.ts'

/** The people of a workspace who were not removed, by name. */
export async function listMembers(db: ScopedDb): Promise<Member[]> {
  return await db.member.findMany({ where: { removedAt: null }, orderBy: [{ name: 'asc' }, { id: 'asc' }] })
}

/** Names by id, also of people who left: what old decisions are signed with. */
export async function memberNames(db: ScopedDb, ids: readonly string[]): Promise<Record<string, string>> {
  const rows = await db.member.findMany({ where: { id: { in: [...new Set(ids)] } }, select: { id: true, name: true } })
  return Object.fromEntries(rows.map((row) => [row.id, row.name]))
}
