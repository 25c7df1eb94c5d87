import type { UnscopedDb } from '../../unscoped.ts'

export interface MetricSample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** The farm in numbers over all tenants; nothing in them names one. */
export async function readMetrics(db: UnscopedDb, now: Date, aliveSince: Date): Promise<MetricSample[]> {
  const dayAgo = new Date(now.getTime() - 24 * 3600_000)
  const [steps, runs, waiting, workers, calls, oldest] = await Promise.all([
    db.step.groupBy({
      by: ['resource', 'status'],
      where: { status: { in: ['waiting', 'ready', 'running', 'failed'] }, kind: 'stage' },
      _count: true,
    }),
    db.run.groupBy({ by: ['status'], _count: true }),
    db.step.count({ where: { status: 'waiting_person' } }),
    db.worker.count({ where: { stoppedAt: null, heartbeatAt: { gte: aliveSince } } }),
    db.providerCall.groupBy({
      by: ['provider', 'capability', 'outcome'],
      where: { createdAt: { gte: dayAgo } },
      _count: true,
      _sum: { costMicros: true },
    }),
    db.step.findFirst({
      where: { status: 'ready', availableAt: { lte: now } },
      orderBy: { readyAt: 'asc' },
      select: { readyAt: true },
    }),
  ])
  const age = oldest?.readyAt ? (now.getTime() - oldest.readyAt.getTime()) / 1000 : 0
  return [
    ...steps.map((row) => ({
      name: 'dailies_steps',
      labels: { resource: row.resource, status: row.status },
      value: row._count,
    })),
    ...runs.map((row) => ({ name: 'dailies_runs', labels: { status: row.status }, value: row._count })),
    { name: 'dailies_waiting_person', labels: {}, value: waiting },
    { name: 'dailies_workers', labels: {}, value: workers },
    ...calls.map((row) => ({ name: 'dailies_provider_calls', labels: callLabels(row), value: row._count })),
    ...calls.map((row) => ({
      name: 'dailies_provider_cost_dollars',
      labels: callLabels(row),
      value: Number(row._sum.costMicros ?? 0n) / 1e6,
    })),
    { name: 'dailies_oldest_ready_seconds', labels: {}, value: Math.max(0, age) },
  ]
}

function callLabels(row: { provider: string; capability: string; outcome: string }): Record<string, string> {
  return { provider: row.provider, capability: row.capability, outcome: row.outcome }
}
