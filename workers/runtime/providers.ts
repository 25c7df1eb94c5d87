import { tmpdir } from 'node:os'
import type { Egress } from '#core/egress/egress.ts'
import type { AppError } from '#core/errors.ts'
import type { Logger } from '#core/log.ts'
import type { Scope } from '#domain/scope.ts'
import type { Database } from '#prisma/client.ts'
import { scopedDb } from '#prisma/scoped.ts'
import type { Capabilities, Capability, Provider, ProviderNeed } from '#providers/define.ts'
import { providers as registry } from '#providers/index.ts'
import type { ProviderChoice, StageContext } from '../stages/define.ts'
import { publishAll, publishWorkspace } from './catalogue.ts'
import { bookedClient, type CallBook } from './provider-calls.ts'
import type { Variables } from './provider-env.ts'
import { firstThatCan, nobodyCan } from './provider-fallback.ts'
import type { Look } from './provider-look.ts'
import { createLooks, type ProviderLooks } from './provider-looks.ts'
import { createOrder, modelOf, type Order } from './provider-order.ts'
import { createSlots, type Slots } from './provider-slots.ts'

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

/** The providers' part of a stage's context, and what its reuse key asks. */
export type StepUse = Pick<StageContext, 'use' | 'has' | 'candidates'> & {
  /** `id/model` of what `use` would try */
  resolved(capability: Capability, choice: ProviderChoice, need: ProviderNeed): Promise<readonly string[]>
  /** a provider failed in this step: its result may be a makeshift, not to be kept under the name of the first choice */
  hadTrouble(): boolean
}

export interface ProviderUse {
  forStep(step: StepOfUse): StepUse
  /** Looks at everything anew and writes the catalogue: at start, hourly. */
  publish(): Promise<void>
  /** A workspace changed its keys: the next call uses them, and its rows of the catalogue are written anew. */
  refresh(workspaceId: string): Promise<void>
}

interface Parts {
  readonly database: Database
  readonly looks: ProviderLooks
  readonly order: Order
  readonly slotsOf: (look: Look, scope: Scope) => Slots
  readonly log: Logger
}

/** Chooses, calls, falls back and records: the one place that steps reach providers by. */
export function createProviderUse(options: ProviderUseOptions): ProviderUse {
  const { database, log } = options
  const looks = createLooks({ ...options, providers: options.providers ?? registry })
  const slotsOf = keepSlots()
  const parts: Parts = { database, looks, order: createOrder(looks, slotsOf), slotsOf, log }
  const contextOf = (look: Look) => looks.context(look, tmpdir(), log)
  return {
    forStep: (step) => stepUse(parts, step),
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

// a workspace with keys of its own has places of its own: the limits are those of an account
function keepSlots(): Parts['slotsOf'] {
  const slots = new Map<string, Slots>()
  return ({ provider, merged }, scope) => {
    const key = `${provider.id}/${provider.capability}/${merged.own ? scope.workspaceId : ''}`
    const known = slots.get(key) ?? createSlots(provider.limits.concurrency)
    slots.set(key, known)
    return known
  }
}

function stepUse({ database, looks, order, slotsOf, log: workerLog }: Parts, step: StepOfUse): StepUse {
  const { scope, projectId, stepId, signal, workDir } = step
  const db = scopedDb(database, scope)
  const log = workerLog.child({ project: projectId, step: stepId })
  const book: CallBook = { db, projectId, stepId, signal, log }
  let trouble = false

  function noteFailure({ provider }: Look, error: AppError): void {
    trouble = true
    log.warn(
      { provider: provider.id, capability: provider.capability, code: error.code, err: error },
      'a provider failed',
    )
  }

  async function clientOf<K extends Capability>(look: Look): Promise<Capabilities[K]> {
    const client = await look.provider.create(look.env, looks.context(look, workDir, log), look.found)
    // `order` gives providers of one capability: K
    return bookedClient(client as Capabilities[K], look, slotsOf(look, scope), book)
  }

  return {
    hadTrouble: () => trouble,
    has: async (capability, need) => (await order(db, capability, {}, need)).length > 0,
    candidates: async (...asked) => (await order(db, ...asked)).map(({ provider }) => provider.id),
    resolved: async (...asked) =>
      (await order(db, ...asked)).map((look) => `${look.provider.id}/${modelOf(look) ?? ''}`),
    async use(capability, choice, need, call) {
      const able = await order(db, capability, choice, need)
      if (able.length === 0) throw nobodyCan(await looks.all(db), capability, choice, need)
      return firstThatCan({
        able,
        signal,
        noteFailure,
        async attempt(look) {
          const { id, draft, local } = look.provider
          const value = await call(await clientOf<typeof capability>(look), { id, draft, local })
          return { value, provider: id, model: value.usage.model ?? modelOf(look), draft }
        },
      })
    },
  }
}
