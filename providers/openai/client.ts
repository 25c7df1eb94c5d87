import type OpenAI from 'openai'
import type { ProviderContext } from '../define.ts'
import { callService } from '../service.ts'
import type { OpenaiEnv } from './schema.ts'

/** Runs one call of the vendor's client. Its own retries and log are off: the engine retries, and keys stay out of the log. */
export async function callOpenai<T>(
  env: OpenaiEnv,
  context: ProviderContext,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
  call: (client: OpenAI) => Promise<T>,
): Promise<T> {
  const { OpenAI: Client } = await import('openai')
  const service = { provider: 'openai', timeoutMs: context.timeoutMs ?? timeoutMs, signal, fetch: context.fetch }
  return callService(service, (fetch) =>
    call(
      new Client({
        // a server without keys ignores it; the client refuses to start without one
        apiKey: env.OPENAI_API_KEY ?? 'none',
        baseURL: env.OPENAI_BASE_URL ?? 'https://api.openai.com/v1',
        organization: null,
        project: null,
        maxRetries: 0,
        timeout: 2 ** 31 - 1,
        logLevel: 'off',
        fetch,
      }),
    ),
  )
}
