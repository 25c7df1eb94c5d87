import { AppError } from '#core/errors.ts'
import type { Discovery, Provider, ProviderContext } from '#providers/define.ts'
import type { MergedEnv } from './provider-env.ts'

/** One provider with one set of variables: usable, or why not. */
export interface Look {
  readonly provider: Provider
  readonly merged: MergedEnv
  /** parsed variables; {} when they are not usable */
  readonly env: Record<string, unknown>
  readonly found: Discovery
  readonly available: boolean
}

const LOOK_MS = 15_000

/** Whether a provider can be used now. Never throws for what a person could mend: that is the reason. */
export async function lookAt(provider: Provider, merged: MergedEnv, context: ProviderContext): Promise<Look> {
  const parsed = provider.env.safeParse(merged.variables)
  if (!parsed.success) {
    const missing = [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))]
    const reason = missing.some((name) => merged.variables[name]) ? 'providers.reason.badValue' : 'providers.reason.key'
    return { provider, merged, env: {}, found: { reason, missing }, available: false }
  }
  const found = await discover(provider, parsed.data, context)
  return { provider, merged, env: parsed.data, found, available: found.reason === undefined }
}

async function discover(
  provider: Provider,
  env: Record<string, unknown>,
  context: ProviderContext,
): Promise<Discovery> {
  try {
    return (await provider.discover?.(env, context, AbortSignal.timeout(LOOK_MS))) ?? {}
  } catch (error) {
    const code = error instanceof AppError ? error.code : 'INTERNAL'
    context.log.warn(
      { provider: provider.id, capability: provider.capability, code, err: error },
      'a provider could not be looked at',
    )
    if (code === 'TOOL_MISSING') return { reason: 'providers.reason.tool', missing: provider.needs }
    if (code === 'PROVIDER_KEY') return { reason: 'providers.reason.badKey', missing: provider.secrets }
    return {
      reason: 'providers.reason.unreachable',
      missing: provider.address === undefined ? provider.needs : [provider.address],
    }
  }
}
