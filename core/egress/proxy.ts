import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, request as httpRequest, type ServerResponse } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { AppError } from '../errors.ts'
import { randomBase62 } from '../ids.ts'
import type { Logger } from '../log.ts'
import { createMeter } from './meter.ts'
import type { Resolve } from './resolve.ts'
import { sortNetworkError } from './sort-error.ts'

/** headers that belong to one hop */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])
const CONNECT_TIMEOUT_MS = 15_000

export interface ProxyOptions {
  readonly resolve: Resolve
  /** of one answer or tunnel, towards the tool */
  readonly maxBytes: number
  readonly timeoutMs: number
  /** longest silence */
  readonly idleMs: number
  readonly log: Logger
}

/**
 * The guard as an HTTP proxy on loopback, for tools that fetch by themselves. What it refuses it answers with the code as
 * the status text (`403 PRIVATE_ADDRESS`, `502 DEAD_URL`), which tools repeat in their error messages.
 */
export async function startProxy(options: ProxyOptions): Promise<{ url: string; close(): Promise<void> }> {
  const password = randomBase62(24)
  const expected = Buffer.from(`Basic ${Buffer.from(`dailies:${password}`).toString('base64')}`)
  const server = createServer({ requestTimeout: 0 })
  const sockets = new Set<Duplex>()
  server.on('connection', (socket) => track(sockets, socket))
  server.on('request', (request, response) => {
    if (!isAuthorized(request, expected))
      return void response.writeHead(407, { 'proxy-authenticate': 'Basic realm="egress"' }).end()
    forward(request, response, options, sockets).catch((error: unknown) =>
      refuse(response, error, request, options.log),
    )
  })
  server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    if (!isAuthorized(request, expected)) {
      return void socket.end(
        'HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm="egress"\r\ncontent-length: 0\r\n\r\n',
      )
    }
    tunnel(request, socket, head, options, sockets).catch((error: unknown) =>
      refuseTunnel(socket, error, request, options.log),
    )
  })
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(0, '127.0.0.1', done)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://dailies:${password}@127.0.0.1:${port}`,
    async close() {
      const closed = new Promise((done) => server.close(done))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}

function track(sockets: Set<Duplex>, socket: Duplex): void {
  sockets.add(socket)
  socket.once('close', () => sockets.delete(socket))
}

function isAuthorized(request: IncomingMessage, expected: Buffer): boolean {
  const given = Buffer.from(request.headers['proxy-authorization'] ?? '')
  return given.length === expected.length && timingSafeEqual(given, expected)
}

async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  options: ProxyOptions,
  sockets: Set<Duplex>,
): Promise<void> {
  const url = URL.canParse(request.url ?? '') ? new URL(request.url ?? '') : undefined
  if (url?.protocol !== 'http:') throw deadUrl(request.url)
  const port = Number(url.port) || 80
  const [address] = await options.resolve(url.hostname, port)
  const outgoing = httpRequest({
    host: address,
    port,
    method: request.method,
    path: url.pathname + url.search,
    headers: { ...withoutHop(request), host: url.host },
    setHost: false,
    agent: false,
    timeout: options.idleMs,
  })
  outgoing.on('socket', (socket) => track(sockets, socket))
  outgoing.on('timeout', () =>
    outgoing.destroy(new AppError('TIMEOUT', 'The other side went silent', { data: { host: url.host } })),
  )
  response.on('close', () => outgoing.destroy())
  request.pipe(outgoing)
  const answer = await new Promise<IncomingMessage>((done, fail) => outgoing.once('response', done).once('error', fail))
  outgoing.on('error', () => response.destroy())
  response.writeHead(answer.statusCode ?? 502, answer.statusMessage, withoutHop(answer))
  answer.on('error', () => response.destroy())
  const meter = createMeter(options, (why) => {
    options.log.warn({ host: url.host, why }, 'a fetch went over its cap')
    response.destroy()
  })
  response.on('close', meter.stop)
  answer.on('data', meter.count).pipe(response)
}

async function tunnel(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  options: ProxyOptions,
  sockets: Set<Duplex>,
): Promise<void> {
  const authority = `http://${request.url ?? ''}`
  if (!URL.canParse(authority)) throw deadUrl(request.url)
  const { hostname, host } = new URL(authority)
  const port = Number(/:(\d+)$/.exec(request.url ?? '')?.[1] ?? 443)
  const remote = await connectInTurn(await options.resolve(hostname, port), port)
  track(sockets, remote)
  const end = () => {
    remote.destroy()
    socket.destroy()
  }
  const meter = createMeter(options, (why) => {
    options.log.warn({ host, why }, 'a tunnel went over its cap')
    end()
  })
  remote.setTimeout(options.idleMs, end)
  remote.on('error', end).on('close', end)
  socket.on('close', () => {
    meter.stop()
    end()
  })
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
  if (head.length > 0) remote.write(head)
  remote.on('data', meter.count).pipe(socket)
  socket.pipe(remote)
}

async function connectInTurn(addresses: readonly [string, ...string[]], port: number): Promise<Socket> {
  const [address, next, ...others] = addresses
  try {
    return await connectTo(address, port)
  } catch (error) {
    if (next === undefined) throw error
    return connectInTurn([next, ...others], port)
  }
}

function connectTo(address: string, port: number): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = connect({ host: address, port, timeout: CONNECT_TIMEOUT_MS })
    socket.once('connect', () => done(socket.setTimeout(0)))
    socket.once('timeout', () =>
      socket.destroy(new AppError('TIMEOUT', 'No connection in time', { data: { host: address } })),
    )
    socket.once('error', fail)
  })
}

function withoutHop({ headers }: IncomingMessage): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = {}
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !HOP_BY_HOP.has(name)) kept[name] = value
  return kept
}

function refuse(response: ServerResponse, error: unknown, request: IncomingMessage, log: Logger): void {
  const { status, code } = answerTo(error, request, log)
  if (response.headersSent) return void response.destroy()
  response.writeHead(status, code, { 'content-type': 'text/plain' }).end(`${code}\n`)
}

function refuseTunnel(socket: Duplex, error: unknown, request: IncomingMessage, log: Logger): void {
  const { status, code } = answerTo(error, request, log)
  socket.end(`HTTP/1.1 ${status} ${code}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`)
}

function answerTo(error: unknown, request: IncomingMessage, log: Logger): { status: number; code: string } {
  const sorted = sortNetworkError(error, request.headers.host ?? '')
  log.info({ err: sorted }, 'a tool was refused a fetch')
  const status = { PRIVATE_ADDRESS: 403, TIMEOUT: 504 }[sorted.code as string] ?? 502
  return { status, code: sorted.code }
}

function deadUrl(target: string | undefined): AppError {
  return new AppError('DEAD_URL', 'The proxy takes http addresses and CONNECT', {
    data: { host: target?.slice(0, 80) ?? '' },
  })
}
