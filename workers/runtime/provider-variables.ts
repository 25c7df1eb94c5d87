import { z } from 'zod'
import { readEnv } from '#core/env.ts'
import { providers } from '#providers/index.ts'

/** The variables of the environment that providers declare, not validated: each provider does that for itself. */
export function providerVariables(): Readonly<Record<string, string | undefined>> {
  const names = new Set(providers.flatMap((provider) => Object.keys(provider.env.shape)))
  return readEnv(Object.fromEntries([...names].map((name) => [name, z.string().optional()])))
}
