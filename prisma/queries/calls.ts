import type { ScopedDb } from '../scoped.ts'

export interface CallCost {
  readonly capability: string
  readonly provider: string
  readonly calls: number
  /** millionths of a US dollar */
  readonly micros: number
}

/** What a project cost so far, over all its runs, by capability and provider. */
export async function projectCosts(db: ScopedDb, projectId: string): Promise<CallCost[]> {
  const rows = await db.providerCall.groupBy({
    by: ['capability', 'provider'],
    where: { projectId },
    _count: true,
    _sum: { costMicros: true },
    orderBy: [{ capability: 'asc' }, { provider: 'asc' }],
  })
  return rows.map(({ capability, provider, _count: calls, _sum }) => ({
    capability,
    provider,
    calls,
    micros: Number(_sum.costMicros ?? 0n),
  }))
}

/** What was spent since a moment, in millionths of a US dollar: spending caps. */
export async function spentSince(db: ScopedDb, since: Date): Promise<number> {
  const { _sum } = await db.providerCall.aggregate({ where: { createdAt: { gte: since } }, _sum: { costMicros: true } })
  return Number(_sum.costMicros ?? 0n)
}

/** How providers did since a moment: what /providers shows and the reliability strategy reads. */
export async function providerRecord(
  db: ScopedDb,
  since: Date,
): Promise<{ capability: string; provider: string; outcome: string; calls: number; averageMs: number }[]> {
  const rows = await db.providerCall.groupBy({
    by: ['capability', 'provider', 'outcome'],
    where: { createdAt: { gte: since } },
    _count: true,
    _avg: { durationMs: true },
    orderBy: [{ capability: 'asc' }, { provider: 'asc' }, { outcome: 'asc' }],
  })
  return rows.map(({ _count: calls, _avg, ...row }) => ({ ...row, calls, averageMs: Math.round(_avg.durationMs ?? 0) }))
}
