import { AppError, type ErrorCode, toAppError } from '#core/errors.ts'
import type { ProviderContext } from './define.ts'

export interface ServiceCall {
  /** the provider's id, for words and logs */
  readonly provider: string
  /** whole call, ms */
  readonly timeoutMs: number
  readonly signal: AbortSignal
  readonly fetch: ProviderContext['fetch']
}

/**
 * Runs one call of a vendor's client. The client gets a `fetch` that ends with the deadline and that sorts bad answers
 * before the client can wrap or repeat them, so every vendor fails in the same words: PROVIDER_KEY, PROVIDER_BUSY (with
 * Retry-After), PROVIDER_DOWN, PROVIDER_REFUSED, PROVIDER_OUTPUT, TIMEOUT, CANCELLED.
 */
export async function callService<T>(service: ServiceCall, call: (guarded: typeof fetch) => Promise<T>): Promise<T> {
  const deadline = AbortSignal.timeout(service.timeoutMs)
  const signal = AbortSignal.any([service.signal, deadline])
  try {
    // a client may swallow an abort: the race makes the deadline hold whatever it does
    return await Promise.race([call(guardedFetch(service, signal)), rejectOnAbort(signal)])
  } catch (thrown) {
    const { provider, timeoutMs } = service
    if (service.signal.aborted)
      throw new AppError('CANCELLED', `${provider}: cancelled`, { cause: thrown, data: { provider } })
    if (deadline.aborted) {
      const message = `${provider}: no answer within ${timeoutMs} ms`
      throw new AppError('TIMEOUT', message, {
        cause: thrown,
        data: { provider, seconds: Math.ceil(timeoutMs / 1000) },
      })
    }
    throw sortThrown(provider, thrown)
  }
}

function guardedFetch(service: ServiceCall, signal: AbortSignal): typeof fetch {
  return async (input, init = {}) => {
    const response = await service.fetch(input, { ...init, ...(await plainBody(init)), signal })
    if (response.ok) return response
    throw await refusedAnswer(service.provider, response)
  }
}

// a form is flattened to bytes: the guarded fetch may belong to another implementation, which knows its own FormData only
async function plainBody(init: RequestInit): Promise<RequestInit> {
  if (!(init.body instanceof FormData)) return {}
  const form = new Response(init.body)
  const headers = new Headers(init.headers)
  headers.set('content-type', form.headers.get('content-type') ?? 'multipart/form-data')
  return { headers, body: await form.arrayBuffer() }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason as Error)
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}

async function refusedAnswer(provider: string, response: Response): Promise<AppError> {
  const body = (await response.text().catch(() => '')).slice(0, 2000)
  const code = statusCode(response.status, body)
  const retryAfterMs = parseRetryAfter(response.headers)
  return new AppError(code, `${provider} answered ${response.status}: ${body.slice(0, 300)}`, {
    data: { provider, status: response.status, said: whatItSaid(body) },
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  })
}

function statusCode(status: number, body: string): ErrorCode {
  if (status === 401 || status === 402 || status === 403) return 'PROVIDER_KEY'
  // paid out: waiting does not help, a person has to look at the account
  if (status === 429) return body.includes('insufficient_quota') ? 'PROVIDER_KEY' : 'PROVIDER_BUSY'
  if (status === 408 || status >= 500) return 'PROVIDER_DOWN'
  return 'PROVIDER_REFUSED'
}

/** Retry-After in ms: seconds, a date, or OpenAI's own `retry-after-ms`; undefined when absent or nonsense. */
export function parseRetryAfter(headers: Headers, now = Date.now()): number | undefined {
  const ms = Number(headers.get('retry-after-ms') ?? Number.NaN)
  if (ms >= 0) return ms
  const text = headers.get('retry-after')
  if (!text) return undefined
  const seconds = Number(text)
  if (!Number.isNaN(seconds)) return seconds >= 0 ? Math.round(seconds * 1000) : undefined
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

function whatItSaid(body: string): string {
  try {
    const parsed = JSON.parse(body) as {
      error?: { message?: unknown } | string
      detail?: { message?: unknown } | string
    }
    const said = parsed.error ?? parsed.detail
    const message = typeof said === 'object' ? said?.message : said
    if (typeof message === 'string') return message.slice(0, 200)
  } catch {
    // not JSON: said as it is
  }
  return body.slice(0, 200)
}

function sortThrown(provider: string, thrown: unknown): AppError {
  const causes = [...chain(thrown)]
  // ours first: clients wrap what their fetch throws into words of their own
  const ours = causes.find((cause) => cause instanceof AppError)
  if (ours) return sortGuard(provider, ours)
  const broken = causes.find(isShapeFault)
  if (broken) return brokenAnswer(provider, broken)
  const connection = causes.find(isConnectionFault)
  if (!connection) return toAppError(thrown)
  return new AppError('PROVIDER_DOWN', `${provider} cannot be reached: ${connection.message}`, {
    cause: thrown,
    data: { provider },
  })
}

function* chain(thrown: unknown): Generator<Error> {
  for (let cause = thrown, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth++) yield cause
}

// what the guarded fetch says of the way there, in the provider's words
function sortGuard(provider: string, error: AppError): AppError {
  if (error.code !== 'NETWORK' && error.code !== 'DEAD_URL') return error
  return new AppError('PROVIDER_DOWN', `${provider} cannot be reached: ${error.message}`, {
    cause: error,
    data: { provider },
  })
}

// not JSON, or (clients that check it themselves) not of the documented shape
function isShapeFault(error: Error): boolean {
  return error instanceof SyntaxError || /^(Parse|Json)Error$/u.test(error.constructor.name)
}

function isConnectionFault(error: Error): boolean {
  const code = 'code' in error ? String(error.code) : ''
  return (
    /^(ECONN|ENOTFOUND|EAI_|EPIPE|EHOST|ENET|UND_ERR_)/.test(code) ||
    /^(fetch failed|terminated|Connection error\.)$/.test(error.message)
  )
}

/** An answer that is not what the vendor documents. */
export function brokenAnswer(provider: string, cause: unknown): AppError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new AppError('PROVIDER_OUTPUT', `${provider} gave an unusable answer: ${why.slice(0, 300)}`, {
    cause,
    data: { provider },
  })
}
