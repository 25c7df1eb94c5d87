import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What goes wrong with the next answer of a service. */
export type Fault =
  | { readonly kind: 'busy'; readonly retryAfterSeconds: number }
  | { readonly kind: 'down' }
  | { readonly kind: 'key' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'refusal' }
  | { readonly kind: 'truncated' }

export interface WireRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

export interface WireAnswer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

/** A service on loopback that speaks a vendor's documented protocol and notes every breach of it. */
export interface Fake {
  readonly url: string
  /** `host:port`, for a guard that must let it through */
  readonly host: string
  readonly requests: readonly WireRequest[]
  /** what the requests did against the vendor's documents; tests expect none */
  readonly violations: readonly string[]
  /** faults of the next calls, one each; calls that only look (lists) are spared */
  fail(...faults: Fault[]): void
  close(): Promise<void>
}

export interface Wire {
  /** calls that only look: faults spare them */
  readonly looks: (request: WireRequest) => boolean
  answer(
    request: WireRequest,
    fault: Fault | undefined,
    violate: (what: string) => void,
  ): Promise<WireAnswer> | WireAnswer
  /** the vendor's shape of an error */
  error(status: number, message: string): unknown
}

/** Serves `wire` on a free port. */
export async function startFake(wire: Wire): Promise<Fake> {
  const requests: WireRequest[] = []
  const violations: string[] = []
  const faults: Fault[] = []
  const server = createServer((incoming, outgoing) => {
    void respond(incoming, outgoing).catch((error: unknown) => {
      violations.push(`the fake itself failed: ${String(error)}`)
      outgoing.destroy()
    })
  })

  async function respond(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await readRequest(incoming)
    requests.push(request)
    const fault = wire.looks(request) ? undefined : faults.shift()
    if (fault?.kind === 'hang') return
    const answer =
      commonFault(wire, fault) ??
      (await wire.answer(request, fault, (what) => violations.push(`${request.method} ${request.path}: ${what}`)))
    outgoing.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
    outgoing.end(answer.body)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    requests,
    violations,
    fail: (...next) => void faults.push(...next),
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        server.closeAllConnections()
      }),
  }
}

function commonFault(wire: Wire, fault: Fault | undefined): WireAnswer | undefined {
  const failed = (status: number, message: string, headers = {}) => ({
    status,
    headers,
    body: JSON.stringify(wire.error(status, message)),
  })
  if (fault?.kind === 'busy')
    return failed(429, 'Rate limit reached', { 'retry-after': String(fault.retryAfterSeconds) })
  if (fault?.kind === 'down') return failed(500, 'The server had an error')
  if (fault?.kind === 'key') return failed(401, 'Incorrect API key provided')
  if (fault?.kind === 'malformed') return { status: 200, body: '{"model": "x", "cho' }
  return undefined
}

async function readRequest(incoming: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const url = new URL(incoming.url ?? '/', 'http://fake')
  return {
    method: incoming.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: incoming.headers,
    body: Buffer.concat(chunks),
  }
}
