import { tmpdir } from 'node:os'
import { unseal } from '#core/crypto/unseal.ts'
import type { Egress } from '#core/egress/egress.ts'
import type { Logger } from '#core/log.ts'
import { secretAad } from '#domain/secret-aad.ts'
import { sealedSecrets } from '#prisma/queries/provider-settings.ts'
import type { ScopedDb } from '#prisma/scoped.ts'
import type { Provider, ProviderContext } from '#providers/define.ts'
import { mergeEnv, type Variables } from './provider-env.ts'
import { type Look, lookAt } from './provider-look.ts'

/** how long a look is believed: what is there rarely goes, what is missing may just be starting */
const FRESH_MS = { available: 5 * 60_000, missing: 20_000 }

export interface ProviderLooks {
  /** every provider as it is for this workspace now */
  all(db: ScopedDb): Promise<readonly Look[]>
  /** every provider with the installation's variables alone */
  shared(): Promise<readonly Look[]>
  /** the way out for a look: the installation's addresses are trusted, a workspace's own are not */
  context(look: Pick<Look, 'merged'>, workDir: string, log: Logger): ProviderContext
  forget(workspaceId?: string): void
}

/** Remembers for minutes which providers are usable, per set of variables. */
export function createLooks(options: {
  readonly providers: readonly Provider[]
  readonly env: Variables
  readonly secretKey: Buffer
  readonly egress: Egress
  readonly services: Egress
  readonly log: Logger
}): ProviderLooks {
  const { providers, env, secretKey, egress, services, log } = options
  const looks = new Map<string, { look: Promise<Look>; until: number }>()
  const secrets = new Map<string, { variables: Promise<Variables>; until: number }>()

  const context: ProviderLooks['context'] = ({ merged }, workDir, log) => ({
    fetch: (merged.ownAddress ? egress : services).fetch,
    workDir,
    log,
  })

  function look(provider: Provider, workspace: Variables): Promise<Look> {
    const merged = mergeEnv(provider, env, workspace)
    const key = JSON.stringify([provider.id, provider.capability, merged])
    const known = looks.get(key)
    if (known && known.until > Date.now()) return known.look
    const entry = {
      look: lookAt(provider, merged, context({ merged }, tmpdir(), log)),
      until: Number.POSITIVE_INFINITY,
    }
    looks.set(key, entry)
    entry.look.then(
      ({ available }) => (entry.until = Date.now() + (available ? FRESH_MS.available : FRESH_MS.missing)),
      () => looks.delete(key),
    )
    return entry.look
  }

  function ownVariables(db: ScopedDb): Promise<Variables> {
    const { workspaceId } = db.scope
    const known = secrets.get(workspaceId)
    if (known && known.until > Date.now()) return known.variables
    const variables = openSecrets(db, secretKey)
    secrets.set(workspaceId, { variables, until: Date.now() + FRESH_MS.missing })
    variables.catch(() => secrets.delete(workspaceId))
    return variables
  }

  return {
    context,
    shared: () => Promise.all(providers.map((provider) => look(provider, {}))),
    async all(db) {
      const own = await ownVariables(db)
      return Promise.all(providers.map((provider) => look(provider, own)))
    },
    forget(workspaceId) {
      looks.clear()
      if (workspaceId === undefined) secrets.clear()
      else secrets.delete(workspaceId)
    },
  }
}

async function openSecrets(db: ScopedDb, secretKey: Buffer): Promise<Variables> {
  const rows = await sealedSecrets(db)
  return Object.fromEntries(
    rows.map(({ name, ciphertext }) => [name, unseal(secretKey, ciphertext, secretAad(db.scope.workspaceId, name))]),
  )
}
