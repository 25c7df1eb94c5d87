import type { Scope } from '#domain/scope.ts'
import { providerRecord } from '#prisma/queries/calls.ts'
import type { ScopedDb } from '#prisma/scoped.ts'
import { comparablePrice, priceOf } from '#providers/cost.ts'
import type { Capability, ProviderNeed } from '#providers/define.ts'
import { orderCandidates } from '#providers/select.ts'
import type { ProviderChoice } from '../stages/define.ts'
import type { Look } from './provider-look.ts'
import type { ProviderLooks } from './provider-looks.ts'
import type { Slots } from './provider-slots.ts'

/** what counts as lately for the reliability strategy */
const RECORD_MS = 7 * 24 * 3600_000

/** The usable providers for a need, in the order in which they are to be tried. */
export type Order = (
  db: ScopedDb,
  capability: Capability,
  choice: ProviderChoice,
  need: ProviderNeed,
) => Promise<readonly Look[]>

/** Orders what is usable now by choice; calls in flight and recorded ones are looked up as strategies ask for them. */
export function createOrder(looks: ProviderLooks, slotsOf: (look: Look, scope: Scope) => Slots): Order {
  return async (db, capability, choice, need) => {
    const able = (await looks.all(db)).filter(
      (look) =>
        look.available && look.provider.capability === capability && look.provider.supports(need, look.env, look.found),
    )
    const records = choice.strategy === 'reliability' ? await providerRecord(db, new Date(Date.now() - RECORD_MS)) : []
    const candidates = able.map((look) => {
      const { id, draft, rank } = look.provider
      const own = records.filter((row) => row.provider === id && row.capability === capability)
      const record = { calls: count(own), ok: count(own.filter(({ outcome }) => outcome === 'ok')) }
      const price = comparablePrice(priceOf(look.provider, look.env, modelOf(look)))
      return { look, id, draft, rank, price, record, load: slotsOf(look, db.scope).load() }
    })
    return orderCandidates(candidates, choice).map(({ look }) => look)
  }
}

/** The model that a call would use now. */
export function modelOf({ provider, env, found }: Look): string | undefined {
  return provider.model?.(env, found)
}

function count(rows: readonly { readonly calls: number }[]): number {
  return rows.reduce((total, { calls }) => total + calls, 0)
}
