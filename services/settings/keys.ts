import { seal } from '#core/crypto/seal.ts'
import { unseal } from '#core/crypto/unseal.ts'
import { secretAad } from '#domain/secret-aad.ts'
import type { ServiceContext } from '../context.ts'
import { invalid } from '../invalid.ts'
import { readCatalogue } from '../providers/catalogue.ts'

/** A key, address or model that a provider can use, and whether it is set here. What is secret is never read back. */
export interface KeyState {
  /** the environment variable it stands for, e.g. OPENAI_API_KEY */
  readonly name: string
  readonly providers: readonly string[]
  readonly secret: boolean
  /** set and not secret */
  readonly value: string | undefined
  readonly setAt: Date | undefined
}

/** Keys that every installation knows of, also before a worker has told what it can use. */
const KNOWN: Readonly<Record<string, string>> = { ELEVENLABS_API_KEY: 'elevenlabs', OPENAI_API_KEY: 'openai' }

/** What can be set: keys first, then addresses and models, each by name. */
export async function listKeys(ctx: ServiceContext): Promise<KeyState[]> {
  const offered = await offeredNames(ctx)
  const stored = new Map((await ctx.db.secret.findMany()).map((row) => [row.name, row]))
  return [...offered]
    .map(([name, { providers, secret }]) => {
      const row = stored.get(name)
      const value = secret || !row ? undefined : open(ctx, name, row.ciphertext)
      return { name, providers: [...providers].toSorted(), secret, value, setAt: row?.updatedAt }
    })
    .toSorted((a, b) => Number(b.secret) - Number(a.secret) || a.name.localeCompare(b.name))
}

async function offeredNames(ctx: ServiceContext): Promise<Map<string, { providers: Set<string>; secret: boolean }>> {
  const offered = new Map<string, { providers: Set<string>; secret: boolean }>()
  const offer = (name: string, provider: string, secret: boolean) => {
    const known = offered.get(name)
    // secret for one provider: secret for all
    offered.set(name, {
      providers: new Set(known?.providers).add(provider),
      secret: secret || known?.secret === true,
    })
  }
  for (const [name, provider] of Object.entries(KNOWN)) offer(name, provider, true)
  for (const { provider, secrets, settable } of await readCatalogue(ctx.db)) {
    for (const name of secrets) offer(name, provider, true)
    for (const name of settable) offer(name, provider, false)
  }
  return offered
}

function open(ctx: ServiceContext, name: string, ciphertext: Uint8Array): string {
  return unseal(ctx.secretKey, ciphertext, secretAad(ctx.scope.workspaceId, name))
}

/**
 * Keeps a key, address or model encrypted (AES-256-GCM, bound to workspace and name), or forgets it when `value` is '-'.
 * Workers hear of it by a trigger and publish again what they can do.
 * @throws INVALID_INPUT for a name that no provider uses, or a value that cannot be one of its kind
 */
export async function saveKey(request: {
  readonly ctx: ServiceContext
  readonly name: string
  readonly value: string
}): Promise<'saved' | 'removed'> {
  const { ctx, name } = request
  const offered = await offeredNames(ctx)
  const secret = offered.get(name)?.secret
  if (secret === undefined)
    throw invalid(ctx.t, 'commands.problem.key', { typed: name, accepted: [...offered.keys()].toSorted().join(', ') })
  const { workspaceId } = ctx.scope
  const value = request.value.trim()
  if (value === '-') {
    await ctx.db.secret.deleteMany({ where: { name } })
  } else {
    check(ctx, name, value, secret)
    const ciphertext = seal(ctx.secretKey, value, secretAad(workspaceId, name))
    await ctx.db.secret.upsert({
      where: { workspaceId_name: { workspaceId, name } },
      create: { workspaceId, name, ciphertext },
      update: { ciphertext },
    })
  }
  ctx.log.info({ name, memberId: ctx.member.id }, 'setting of a provider changed')
  return value === '-' ? 'removed' : 'saved'
}

function check({ t }: ServiceContext, name: string, value: string, secret: boolean): void {
  if (secret) {
    if (value.length < 8 || /\s/u.test(value)) throw invalid(t, 'commands.problem.keyValue', { name })
  } else if (/_(?:URL|HOST)$/u.test(name)) {
    if (!isAddress(value)) throw invalid(t, 'commands.problem.keyAddress', { name })
  } else if (value.length > 200 || /\s/u.test(value)) throw invalid(t, 'commands.problem.keyModel', { name })
}

/** With a password in it, an address could not be shown again. */
function isAddress(value: string): boolean {
  const url = URL.parse(value)
  return url !== null && /^https?:$/u.test(url.protocol) && url.username === '' && url.password === ''
}
