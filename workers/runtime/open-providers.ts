import { createEgress, type Egress } from '#core/egress/egress.ts'
import type { Logger } from '#core/log.ts'
import type { Database } from '#prisma/client.ts'
import { trustedHosts } from '#providers/trusted-hosts.ts'
import { providerVariables } from './provider-variables.ts'
import { createProviderUse, type ProviderUse } from './providers.ts'

export interface OpenProviders {
  readonly use: ProviderUse
  /** the way out to what people name */
  readonly egress: Egress
  close(): Promise<void>
}

/** Everything that a step reaches the outside by. Loaded when the worker takes work already: it makes starting slow. */
export async function openProviders(options: {
  readonly database: Database
  readonly secretKey: Buffer
  readonly allowPrivateHosts: readonly string[]
  readonly log: Logger
}): Promise<OpenProviders> {
  const { database, secretKey, allowPrivateHosts, log } = options
  const env = providerVariables()
  const [egress, services] = await Promise.all([
    createEgress({ allowPrivateHosts, trusted: [], log }),
    createEgress({ allowPrivateHosts, trusted: trustedHosts(env), log }),
  ])
  return {
    use: createProviderUse({ database, secretKey, env, egress, services, log }),
    egress,
    close: async () => void (await Promise.all([egress.close(), services.close()])),
  }
}
