import { AppError } from '#core/errors.ts'
import type { ScopedDb } from '#prisma/scoped.ts'

/**
 * Uses up a one-shot token: of a double click, or of two people at once, exactly one gets through.
 * @throws ALREADY_DECIDED {by, verb, memberId} for the others
 */
export async function takeAction(request: {
  readonly db: ScopedDb
  readonly token: string
  readonly memberId: string
  readonly now: Date
}): Promise<void> {
  const { db, token, memberId, now } = request
  const { count } = await db.action.updateMany({
    where: { token, usedAt: null },
    data: { usedAt: now, usedBy: memberId },
  })
  if (count === 1) return
  const used = await db.action.findUnique({ where: { token } })
  const by = used?.usedBy ? await db.member.findFirst({ where: { id: used.usedBy } }) : null
  throw new AppError('ALREADY_DECIDED', 'this button was used', {
    data: { by: by?.name ?? '', memberId: used?.usedBy ?? '', decision: used?.verb ?? '' },
  })
}
