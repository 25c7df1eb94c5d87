import { tmpdir } from 'node:os'
import type { Egress } from '#core/egress/egress.ts'
import { AppError, type ErrorCode, toAppError } from '#core/errors.ts'
import type { Logger } from '#core/log.ts'
import type { Scope } from '#domain/scope.ts'
import type { Database } from '#prisma/client.ts'
import { providerRecord } from '#prisma/queries/calls.ts'
import { type ScopedDb, scopedDb } from '#prisma/scoped.ts'
import { comparablePrice, priceOf } from '#providers/cost.ts'
import type { Capabilities, Capability, Provider, ProviderNeed } from '#providers/define.ts'
import { providers as registry } from '#providers/index.ts'
import { orderCandidates } from '#providers/select.ts'
import type { ProviderChoice, StageContext } from '../stages/define.ts'
import { publishAll, publishWorkspace } from './catalogue.ts'
import { bookedClient, type CallBook } from './provider-calls.ts'
import type { Variables } from './provider-env.ts'
import type { Look } from './provider-look.ts'
import { createLooks } from './provider-looks.ts'
import { createSlots, type Slots } from './provider-slots.ts'

const RECORD_MS = 7 * 24 * 3600_000

export interface ProviderUseOptions {
  readonly database: Database
  readonly secretKey: Buffer
  /** the installation's variables: `process.env`, or a plain object in tests */
  readonly env: Variables
  /** the way out to addresses that people give */
  readonly egress: Egress
  /** the way out to addresses of the environment: made with `trustedHosts(env)` (providers/trusted-hosts.ts) */
  readonly services: Egress
  readonly log: Logger
  readonly providers?: readonly Provider[]
}

export interface StepOfUse {
  readonly scope: Scope
  readonly projectId: string
  readonly stepId: string
  readonly workDir: string
  readonly signal: AbortSignal
}

export interface ProviderUse {
  /** The providers' part of a stage's context. `resolved`: `id/model` of what `use` would try, for reuse keys. */
  forStep(step: StepOfUse): Pick<StageContext, 'use' | 'has' | 'candidates'> & {
    resolved(capability: Capability, choice: ProviderChoice, need: ProviderNeed): Promise<readonly string[]>
    /** a provider failed in this step: its result may be a makeshift, not to be kept under the name of the first choice */
    hadTrouble(): boolean
  }
  /** Looks at everything anew and writes the catalogue: at start, hourly. */
  publish(): Promise<void>
  /** A workspace changed its keys: the next call uses them, and its rows of the catalogue are written anew. */
  refresh(workspaceId: string): Promise<void>
}

/** Chooses, calls, falls back and records: the one place that steps reach providers by. */
export function createProviderUse(options: ProviderUseOptions): ProviderUse {
  const { database, log } = options
  const looks = createLooks({ ...options, providers: options.providers ?? registry })
  const slots = new Map<string, Slots>()

  // a workspace with keys of its own has places of its own: the limits are those of an account
  function slotsOf({ provider, merged }: Look, scope: Scope): Slots {
    const key = `${provider.id}/${provider.capability}/${merged.own ? scope.workspaceId : ''}`
    const known = slots.get(key) ?? createSlots(provider.limits.concurrency)
    slots.set(key, known)
    return known
  }

  async function order(db: ScopedDb, capability: Capability, choice: ProviderChoice, need: ProviderNeed) {
    const able = (await looks.all(db)).filter(
      (look) =>
        look.available && look.provider.capability === capability && look.provider.supports(need, look.env, look.found),
    )
    const records = choice.strategy === 'reliability' ? await providerRecord(db, new Date(Date.now() - RECORD_MS)) : []
    const candidates = able.map((look) => {
      const own = records.filter((row) => row.provider === look.provider.id && row.capability === capability)
      return {
        look,
        id: look.provider.id,
        draft: look.provider.draft,
        rank: look.provider.rank,
        price: comparablePrice(priceOf(look.provider, look.env, modelOf(look))),
        record: { calls: sum(own), ok: sum(own.filter(({ outcome }) => outcome === 'ok')) },
        load: slotsOf(look, db.scope).load(),
      }
    })
    return orderCandidates(candidates, choice).map(({ look }) => look)
  }

  const contextOf = (look: Look) => looks.context(look, tmpdir(), log)

  return {
    forStep(step) {
      const db = scopedDb(database, step.scope)
      const stepLog = log.child({ project: step.projectId, step: step.stepId })
      let trouble = false
      const book: CallBook = { db, projectId: step.projectId, stepId: step.stepId, signal: step.signal, log: stepLog }
      return {
        hadTrouble: () => trouble,
        has: async (capability, need) => (await order(db, capability, {}, need)).length > 0,
        candidates: async (capability, choice, need) =>
          (await order(db, capability, choice, need)).map(({ provider }) => provider.id),
        resolved: async (capability, choice, need) =>
          (await order(db, capability, choice, need)).map((look) => `${look.provider.id}/${modelOf(look) ?? ''}`),
        async use(capability, choice, need, call) {
          const able = await order(db, capability, choice, need)
          if (able.length === 0) throw nobody(await looks.all(db), capability, choice, need)
          const noteFailure = (look: Look, error: AppError) => {
            trouble = true
            stepLog.warn({ provider: look.provider.id, capability, code: error.code, err: error }, 'a provider failed')
          }
          return firstThatCan(able, step.signal, noteFailure, async (look) => {
            const { id, draft, local } = look.provider
            // the registry's lookup by capability is what makes it this one
            const client = (await look.provider.create(
              look.env,
              looks.context(look, step.workDir, stepLog),
              look.found,
            )) as Capabilities[typeof capability]
            const value = await call(bookedClient(client, look, slotsOf(look, step.scope), book), { id, draft, local })
            return { value, provider: id, model: value.usage.model ?? modelOf(look), draft }
          })
        },
      }
    },
    async publish() {
      looks.forget()
      await publishAll(database, looks, contextOf)
    },
    async refresh(workspaceId) {
      looks.forget(workspaceId)
      await publishWorkspace(database, looks, contextOf, workspaceId)
    },
  }
}

/** What another provider may do better; anything else (a bug, a full disk, a cancelled step) is nobody's to repair. */
const FALLS_BACK = new Set<ErrorCode>([
  'PROVIDER_BUSY',
  'PROVIDER_DOWN',
  'PROVIDER_KEY',
  'PROVIDER_OUTPUT',
  'PROVIDER_REFUSED',
  'TIMEOUT',
  'NETWORK',
  'DEAD_URL',
  'PRIVATE_ADDRESS',
  'BUDGET_REACHED',
  'TOOL_MISSING',
  'TOOL_FAILED',
  'BAD_SUBTITLES',
  'LINE_TOO_LONG',
  'NO_TRANSLATOR',
  'NO_TRANSCRIBER',
])

/** Tries one after the other. When all fail, what may pass by itself is told first, so that the step is tried again. */
async function firstThatCan<T>(
  able: readonly Look[],
  signal: AbortSignal,
  noteFailure: (look: Look, error: AppError) => void,
  attempt: (look: Look) => Promise<T>,
): Promise<T> {
  const failures: AppError[] = []
  for (const look of able) {
    try {
      return await attempt(look)
    } catch (thrown) {
      const error = toAppError(thrown)
      if (signal.aborted || !FALLS_BACK.has(error.code)) throw error
      noteFailure(look, error)
      failures.push(error)
    }
  }
  throw (
    failures.find(({ category }) => category === 'transient') ??
    failures[0] ??
    new AppError('INTERNAL', 'no provider was tried')
  )
}

/** Why nobody can do it, in the words of what would help. */
function nobody(all: readonly Look[], capability: Capability, choice: ProviderChoice, need: ProviderNeed): AppError {
  const named = all.find(({ provider }) => provider.capability === capability && provider.id === choice.provider)
  if (named && /[kK]ey$/u.test(named.found.reason ?? '')) {
    return new AppError('PROVIDER_KEY', `${named.provider.id} has no key that works`, {
      data: { provider: named.provider.id },
    })
  }
  const { language, from, to } = need
  if (capability === 'speech')
    return new AppError('NO_VOICE', 'no provider speaks this language', { data: { language } })
  if (capability !== 'transcription')
    return new AppError('NO_TRANSLATOR', 'no provider translates this', { data: { from, to } })
  if (language === undefined) return new AppError('NEEDS_LANGUAGE', 'no provider finds out the language by itself')
  return new AppError('NO_TRANSCRIBER', 'no provider understands this language', { data: { language } })
}

function modelOf({ provider, env, found }: Look): string | undefined {
  return provider.model?.(env, found)
}

function sum(rows: readonly { readonly calls: number }[]): number {
  return rows.reduce((total, { calls }) => total + calls, 0)
}
