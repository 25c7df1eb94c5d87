import { setTimeout as sleep } from 'node:timers/promises'
import { AppError, toAppError } from '#core/errors.ts'
import type { Logger } from '#core/log.ts'
import { monthlyCap } from '#prisma/queries/provider-settings.ts'
import { recordCall } from '#prisma/queries/record-call.ts'
import { spentSince } from '#prisma/queries/calls.ts'
import type { ScopedDb } from '#prisma/scoped.ts'
import { costMicros, priceOf } from '#providers/cost.ts'
import type { Capabilities, Capability, Usage } from '#providers/define.ts'
import type { Look } from './provider-look.ts'
import type { Slots } from './provider-slots.ts'

/** A pause that a provider asks for and that is not worth giving it up for. */
const LONGEST_WAIT_MS = 20_000

export interface CallBook {
  readonly db: ScopedDb
  readonly projectId: string | null
  readonly stepId: string | null
  readonly signal: AbortSignal
  readonly log: Logger
}

type Method = (request: unknown) => Promise<{ usage: Usage }>

/**
 * A client whose calls keep to the provider's places and to the workspace's spending cap, wait out a short Retry-After once,
 * and are recorded with duration, cost and outcome. Listing voices is not a call of this kind.
 */
export function bookedClient<K extends Capability>(
  client: Capabilities[K],
  look: Look,
  slots: Slots,
  book: CallBook,
): Capabilities[K] {
  const entries = Object.entries(client as unknown as Record<string, Method>).map(([name, method]) =>
    name === 'voices'
      ? [name, method]
      : [name, (request: unknown) => slots.within(book.signal, () => patientCall(() => method(request), look, book))],
  )
  // the same methods under the same names
  return Object.fromEntries(entries) as Capabilities[K]
}

async function patientCall(
  call: () => Promise<{ usage: Usage }>,
  look: Look,
  book: CallBook,
): Promise<{ usage: Usage }> {
  try {
    return await bookedCall(call, look, book)
  } catch (error) {
    const wait = error instanceof AppError && error.code === 'PROVIDER_BUSY' ? error.retryAfterMs : undefined
    if (wait === undefined || wait > LONGEST_WAIT_MS) throw error
    book.log.info({ provider: look.provider.id, waitMs: wait }, 'a provider asked for a pause')
    await sleep(wait, undefined, { signal: book.signal }).catch((cause: unknown) => {
      throw new AppError('CANCELLED', 'cancelled while a provider paused', { cause })
    })
    return bookedCall(call, look, book)
  }
}

async function bookedCall(
  call: () => Promise<{ usage: Usage }>,
  look: Look,
  book: CallBook,
): Promise<{ usage: Usage }> {
  const { provider, env, found } = look
  const model = provider.model?.(env, found)
  if (priceOf(provider, env, model)) await checkCap(book.db)
  const startedAt = performance.now()
  try {
    const answer = await call()
    await keep(book, look, {
      outcome: 'ok',
      startedAt,
      usage: { ...(model !== undefined && { model }), ...answer.usage },
    })
    return answer
  } catch (thrown) {
    const error = toAppError(thrown)
    await keep(book, look, { outcome: error.code, startedAt, usage: model === undefined ? {} : { model } })
    throw error
  }
}

/** @throws AppError BUDGET_REACHED {cap, spent} in US dollars */
async function checkCap(db: ScopedDb): Promise<void> {
  const cap = await monthlyCap(db)
  if (cap === undefined) return
  const now = new Date()
  const spent = (await spentSince(db, new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)))) / 1_000_000
  if (spent >= cap) throw new AppError('BUDGET_REACHED', 'the monthly cap is spent', { data: { cap, spent } })
}

async function keep(
  book: CallBook,
  look: Look,
  call: { outcome: string; startedAt: number; usage: Usage },
): Promise<void> {
  const { model, ...units } = call.usage
  const { provider, env } = look
  const record = {
    projectId: book.projectId,
    stepId: book.stepId,
    capability: provider.capability,
    provider: provider.id,
    model: model ?? null,
    outcome: call.outcome,
    durationMs: Math.round(performance.now() - call.startedAt),
    costMicros: call.outcome === 'ok' ? costMicros(priceOf(provider, env, model), units) : 0,
    units,
  }
  // what was spoken and paid for is not thrown away because its record failed
  await recordCall(book.db, record).catch((error: unknown) =>
    book.log.error({ err: error, provider: provider.id }, 'a provider call was not recorded'),
  )
}
