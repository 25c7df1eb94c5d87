import { providerRecord } from '#prisma/queries/calls.ts'
import type { ServiceContext } from '../context.ts'
import { readCatalogue, type CatalogueEntry } from './catalogue.ts'

/** How far back calls count, days. */
const RECORD_DAYS = 30
const DAY_MS = 86_400_000

export interface ProviderOverview extends CatalogueEntry {
  /** calls of this workspace in the last 30 days */
  readonly calls: number
  readonly failures: number
  readonly averageMs: number | undefined
}

/** Providers by capability, and how they did here lately. */
export async function providerOverview(ctx: ServiceContext): Promise<ProviderOverview[]> {
  const [catalogue, record] = await Promise.all([
    readCatalogue(ctx.db),
    providerRecord(ctx.db, new Date(ctx.now().getTime() - RECORD_DAYS * DAY_MS)),
  ])
  return catalogue.map((entry) => {
    const own = record.filter((row) => row.capability === entry.capability && row.provider === entry.provider)
    const calls = own.reduce((sum, row) => sum + row.calls, 0)
    const good = own.find((row) => row.outcome === 'ok')
    return { ...entry, calls, failures: calls - (good?.calls ?? 0), averageMs: good?.averageMs }
  })
}
