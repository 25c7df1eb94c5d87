import {
  type Dispatcher,
  fetch as undiciFetch,
  FormData as UndiciFormData,
  type RequestInit as UndiciInit,
  Response as UndiciResponse,
} from 'undici'
import { AppError } from '../errors.ts'
import { sortNetworkError } from './sort-error.ts'

export interface FetchCaps {
  /** of one answer's body, decoded */
  readonly maxBytes: number
  /** of one exchange, from the call to the last byte */
  readonly timeoutMs: number
}

/** `fetch` over a guarded dispatcher, with caps and sorted errors. An abort by the caller stays the caller's own. */
export function createFetch(dispatcher: Dispatcher, caps: FetchCaps): typeof fetch {
  return async (input, init) => {
    const request = input instanceof Request ? { ...requestInit(input), ...init } : init
    const url = httpUrl(input instanceof Request ? input.url : String(input))
    const { host } = url
    const timeout = AbortSignal.timeout(caps.timeoutMs)
    const signal = request?.signal ? AbortSignal.any([request.signal, timeout]) : timeout
    const sort = (error: unknown) => {
      if (request?.signal?.aborted) return error
      if (timeout.aborted)
        return new AppError('TIMEOUT', 'An exchange took too long', {
          cause: error,
          data: { host, timeoutMs: caps.timeoutMs },
        })
      return sortNetworkError(error, host)
    }
    try {
      const headers = withCredentials(url, request?.headers)
      const options = {
        ...request,
        headers,
        body: portable(request?.body),
        signal,
        dispatcher,
      } as unknown as UndiciInit
      return capped(await undiciFetch(url, options), caps.maxBytes, sort)
    } catch (error) {
      throw sort(error)
    }
  }
}

function httpUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  throw new AppError('DEAD_URL', 'Only http and https are fetched', { data: { host: text.slice(0, 80) } })
}

// fetch refuses `https://name:password@host/`, which people do paste; redirects to other hosts drop the header
function withCredentials(url: URL, given: RequestInit['headers']): Headers {
  const headers = new Headers(given)
  const { username, password } = url
  if (!username && !password) return headers
  url.username = ''
  url.password = ''
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  if (!headers.has('authorization')) headers.set('authorization', `Basic ${Buffer.from(pair).toString('base64')}`)
  return headers
}

function requestInit(request: Request): RequestInit {
  const { method, headers, body, redirect, signal } = request
  return { method, headers, redirect, signal, ...(body && { body, duplex: 'half' }) }
}

// Node's own FormData is another class than undici's, which would send it as "[object FormData]"
function portable(body: RequestInit['body']): unknown {
  if (!(body instanceof FormData)) return body
  const copy = new UndiciFormData()
  for (const [name, value] of body) {
    if (typeof value === 'string') copy.append(name, value)
    else copy.append(name, value, value.name)
  }
  return copy
}

function capped(response: UndiciResponse, maxBytes: number, sort: (error: unknown) => unknown): UndiciResponse {
  const declared = Number(response.headers.get('content-length') ?? 0)
  if (declared > maxBytes) {
    void response.body?.cancel().catch(() => undefined)
    throw tooLarge(maxBytes)
  }
  if (!response.body) return response
  const { status, statusText, headers, url, redirected } = response
  const copy = new UndiciResponse(countBytes(response.body as ReadableStream<Uint8Array>, maxBytes, sort), {
    status,
    statusText,
    headers,
  })
  // a made response knows no address; readers of redirects need it
  return Object.defineProperties(copy, { url: { value: url }, redirected: { value: redirected } })
}

function countBytes(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
  sort: (error: unknown) => unknown,
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let bytes = 0
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        throw sort(error)
      })
      if (done) {
        controller.close()
        return
      }
      bytes += value.byteLength
      if (bytes > maxBytes) {
        await reader.cancel().catch(() => undefined)
        throw tooLarge(maxBytes)
      }
      controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('TOO_LARGE', 'The answer is larger than allowed', { data: { maxBytes } })
}
