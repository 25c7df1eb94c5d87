import { AppError } from '#core/errors.ts'
import { spentSince } from '#prisma/queries/calls.ts'
import type { ServiceContext } from '../context.ts'
import { readSettings } from '../settings/read-settings.ts'
import { HIDDEN_KINDS } from './hidden-kinds.ts'

/**
 * Whether a member may start one more project now.
 * @throws LIMIT_REACHED {limit} with as many at work as one may have, BUDGET_REACHED {cap, spent} in US dollars
 */
export async function checkLimits(ctx: ServiceContext): Promise<void> {
  const { limits } = await readSettings(ctx.db)
  if (limits.projectsPerMember !== null) {
    const working = await ctx.db.project.count({
      where: {
        requestedBy: ctx.member.id,
        deletedAt: null,
        kind: { notIn: HIDDEN_KINDS },
        // what waits for a person costs nothing, but what is paused or at work does
        runs: { some: { status: { in: ['active', 'paused'] } } },
      },
    })
    if (working >= limits.projectsPerMember) {
      const limit = limits.projectsPerMember
      throw new AppError('LIMIT_REACHED', 'too many projects at work', {
        data: { limit: ctx.t('commands.limit.projects', { count: limit }), most: limit },
      })
    }
  }
  if (limits.monthlySpend !== null) {
    const spent = await monthlySpend(ctx)
    if (spent >= limits.monthlySpend) {
      throw new AppError('BUDGET_REACHED', 'the monthly cap is spent', { data: { cap: limits.monthlySpend, spent } })
    }
  }
}

/** US dollars spent on providers since the first of the month (UTC). */
export async function monthlySpend(ctx: ServiceContext): Promise<number> {
  const now = ctx.now()
  const since = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1))
  return (await spentSince(ctx.db, since)) / 1_000_000
}
