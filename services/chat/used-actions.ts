import type { ScopedDb } from '#prisma/scoped.ts'

/** Which of a card's buttons was used, and by whom. */
export async function usedActions(db: ScopedDb, tokens: readonly string[]): Promise<{ token: string; name: string }[]> {
  const used = await db.action.findMany({ where: { token: { in: [...tokens] }, oneShot: true, usedAt: { not: null } } })
  const people = await db.member.findMany({ where: { id: { in: used.flatMap((action) => action.usedBy ?? []) } } })
  const names = new Map(people.map((member) => [member.id, member.name]))
  return used.flatMap(({ token, usedBy }) => {
    const name = usedBy === null ? undefined : names.get(usedBy)
    return name === undefined ? [] : [{ token, name }]
  })
}
