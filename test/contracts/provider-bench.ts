import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { silentLog } from '#core/log.ts'
import type { Capabilities, Capability, Discovery, Provider, ProviderContext, ProviderNeed } from '#providers/define.ts'
import type { Fake } from '#test/fakes/wire.ts'

/** A provider with its real client, against the real tool or a wire-level service. */
export interface ProviderBench<K extends Capability> {
  readonly client: Capabilities[K]
  /** the same, given `DEADLINE_MS` for each call */
  readonly hasty: Capabilities[K]
  readonly found: Discovery
  readonly dir: string
  /** the service behind it; undefined for a tool of this machine */
  readonly fake: Fake | undefined
  supports(need: ProviderNeed): boolean
  close(): Promise<void>
}

/** Time that a hasty client gives a service, ms. Others get what the provider itself allows, so that a busy machine fails no test. */
export const DEADLINE_MS = 600

/** Makes the client as a worker does: env parsed, looked around, created. */
export async function providerBench<K extends Capability>(
  provider: Provider<K>,
  { env = {}, fake }: { env?: Record<string, string>; fake?: Fake } = {},
): Promise<ProviderBench<K>> {
  const dir = await mkdtemp(path.join(tmpdir(), 'dailies-provider-'))
  const context: ProviderContext = { fetch, workDir: dir, log: silentLog }
  const values = provider.env.parse(env)
  const found = (await provider.discover?.(values, context, AbortSignal.timeout(20_000))) ?? {}
  return {
    client: await provider.create(values, context, found),
    hasty: await provider.create(values, { ...context, timeoutMs: DEADLINE_MS }, found),
    found,
    dir,
    fake,
    supports: (need) => provider.supports(need, values, found),
    async close() {
      await fake?.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
