import { newId } from '#core/ids.ts'
import type { ScopedDb } from '../scoped.ts'

export interface CallRecord {
  readonly projectId: string | null
  readonly stepId: string | null
  readonly capability: string
  readonly provider: string
  readonly model: string | null
  /** 'ok' or an error code */
  readonly outcome: string
  readonly durationMs: number
  readonly costMicros: number
  readonly units: Readonly<Record<string, number>>
}

/** Keeps one call of a provider: for costs, spending caps, /providers and the reliability strategy. */
export async function recordCall(db: ScopedDb, call: CallRecord): Promise<void> {
  const { workspaceId, nicheId } = db.scope
  await db.providerCall.create({
    data: { id: newId('cal'), workspaceId, nicheId, ...call, costMicros: BigInt(call.costMicros) },
  })
}
