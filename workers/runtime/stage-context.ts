import { AppError } from '#core/errors.ts'
import type { Egress } from '#core/egress/egress.ts'
import type { Storage } from '#core/storage/storage.ts'
import type { ClaimedStep } from '#engine/engine.ts'
import type { Database } from '#prisma/client.ts'
import { scopedDb } from '#prisma/scoped.ts'
import type { StageContext } from '../stages/define.ts'
import type { ProviderUse } from './providers.ts'
import { resultKey } from './result-key.ts'
import type { Results } from './results.ts'
import { stepArtifacts } from './step-artifacts.ts'

export interface ContextParts {
  readonly database: Database
  readonly storage: Storage
  readonly egress: Egress
  readonly results: Results
  readonly providers: Pick<ProviderUse, 'forStep'>
}

/** A stage's context, and what its reuse key asks: `id/model` of the providers that would be tried. */
export type RunContext = StageContext & Pick<ReturnType<ProviderUse['forStep']>, 'resolved' | 'hadTrouble'>

/** What a stage gets for one attempt: everything in it belongs to the step's workspace and niche. */
export function stageContext(
  parts: ContextParts,
  step: ClaimedStep,
  around: Pick<StageContext, 'workDir' | 'signal' | 'log' | 'progress'>,
): RunContext {
  const { scope, projectId, id: stepId } = step
  const { database, storage, egress, results, providers } = parts
  const base = { scope, projectId, stepId, ...around }
  return {
    ...base,
    egress,
    artifacts: stepArtifacts({ db: scopedDb(database, scope), storage, projectId, stepId }),
    ...providers.forStep(base),
    cached: async (key, ttlMs, schema, make) => {
      const hash = resultKey(['cached', ...key])
      const known = schema.safeParse(await results.find(base, hash))
      if (known.success) return known.data
      const made = await make()
      const parsed = schema.safeParse(made)
      if (!parsed.success)
        throw new AppError('INTERNAL', `what was made to be kept is not of its shape: ${parsed.error.message}`)
      await results.keep(base, hash, made, ttlMs)
      return parsed.data
    },
  }
}
