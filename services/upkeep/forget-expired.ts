import { removeExpiredSessions } from '#prisma/queries/system/sessions.ts'
import { removeExpiredResults } from '#prisma/queries/system/storage.ts'
import type { UpkeepContext } from './context.ts'

/** Forgets results whose time for reuse is over, and sessions that have ended. Returns how many of each. */
export async function forgetExpired(ctx: UpkeepContext): Promise<{ results: number; sessions: number }> {
  const now = ctx.now()
  const [results, sessions] = await Promise.all([removeExpiredResults(ctx.db, now), removeExpiredSessions(ctx.db, now)])
  if (results + sessions > 0) ctx.log.info({ results, sessions }, 'expired rows removed')
  return { results, sessions }
}
