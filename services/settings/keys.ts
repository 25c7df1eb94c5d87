import { seal } from '#core/crypto/seal.ts'
import { secretAad } from '#domain/secret-aad.ts'
import type { ServiceContext } from '../context.ts'
import { invalid } from '../invalid.ts'
import { readCatalogue } from '../providers/catalogue.ts'

/** A key that a provider can use, and whether it is set here. Its value is never read back. */
export interface KeyState {
  /** the environment variable it stands for, e.g. OPENAI_API_KEY */
  readonly name: string
  readonly providers: readonly string[]
  readonly setAt: Date | undefined
}

/** Keys that every installation knows of, also before a worker has told what it can use. */
const KNOWN: Readonly<Record<string, string>> = { ELEVENLABS_API_KEY: 'elevenlabs', OPENAI_API_KEY: 'openai' }

/** The keys that can be set, by name. */
export async function listKeys(ctx: ServiceContext): Promise<KeyState[]> {
  const providers = new Map<string, Set<string>>(
    Object.entries(KNOWN).map(([name, provider]) => [name, new Set([provider])]),
  )
  for (const { provider, secrets } of await readCatalogue(ctx.db)) {
    for (const name of secrets) providers.set(name, (providers.get(name) ?? new Set()).add(provider))
  }
  const stored = await ctx.db.secret.findMany({ select: { name: true, updatedAt: true } })
  const setAt = new Map(stored.map((row) => [row.name, row.updatedAt]))
  return [...providers]
    .map(([name, users]) => ({ name, providers: [...users].toSorted(), setAt: setAt.get(name) }))
    .toSorted((a, b) => a.name.localeCompare(b.name))
}

/**
 * Keeps a key encrypted (AES-256-GCM, bound to workspace and name), or forgets it when `value` is '-'. Workers hear of it
 * by a trigger and publish again what they can do.
 * @throws INVALID_INPUT for a name that no provider uses
 */
export async function saveKey(request: {
  readonly ctx: ServiceContext
  readonly name: string
  readonly value: string
}): Promise<'saved' | 'removed'> {
  const { ctx, name } = request
  const known = (await listKeys(ctx)).map((key) => key.name)
  if (!known.includes(name)) throw invalid(ctx.t, 'commands.problem.key', { typed: name, accepted: known.join(', ') })
  const { workspaceId } = ctx.scope
  const value = request.value.trim()
  if (value === '-') {
    await ctx.db.secret.deleteMany({ where: { name } })
  } else {
    if (value.length < 8 || /\s/u.test(value)) throw invalid(ctx.t, 'commands.problem.keyValue', { name })
    const ciphertext = seal(ctx.secretKey, value, secretAad(workspaceId, name))
    await ctx.db.secret.upsert({
      where: { workspaceId_name: { workspaceId, name } },
      create: { workspaceId, name, ciphertext },
      update: { ciphertext },
    })
  }
  ctx.log.info({ name, memberId: ctx.member.id }, 'provider key changed')
  return value === '-' ? 'removed' : 'saved'
}
