import type pg from 'pg'
import type { Scope } from '#domain/scope.ts'
import { inTransaction } from './in-transaction.ts'
import { loadDraft, outputReader } from './load-draft.ts'
import type { RunDraft } from './run-draft.ts'
import { saveDraft } from './save-draft.ts'
import { settle } from './settle.ts'

/**
 * Changes a run: locks it, lets `change` work on it in memory, settles what follows from that, and writes it back, in
 * one transaction. `change` throwing changes nothing. Throws NOT_FOUND, also outside `scope`.
 */
export async function withRun<T>(
  pool: pg.Pool,
  where: { readonly runId: string; readonly scope?: Scope },
  change: (draft: RunDraft, client: pg.ClientBase) => T | Promise<T>,
): Promise<T> {
  return inTransaction(pool, async (client) => {
    const draft = await loadDraft(client, where.runId, where.scope)
    const result = await change(draft, client)
    await settle(draft, outputReader(client))
    await saveDraft(client, draft)
    return result
  })
}
