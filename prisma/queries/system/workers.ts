import type { Worker } from '../../generated/client.ts'
import type { UnscopedDb } from '../../unscoped.ts'

/** Workers that beat since `aliveSince` and did not say goodbye. */
export async function liveWorkers(db: UnscopedDb, aliveSince: Date): Promise<Worker[]> {
  return await db.worker.findMany({
    where: { stoppedAt: null, heartbeatAt: { gte: aliveSince } },
    orderBy: { startedAt: 'asc' },
  })
}
