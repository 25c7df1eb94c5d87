import { Agent } from 'undici'
import type { Logger } from '../log.ts'
import { parseAllowances } from './allowances.ts'
import { guardedConnector } from './connector.ts'
import { createFetch } from './fetch.ts'
import { startProxy } from './proxy.ts'
import { createResolve, type Lookup } from './resolve.ts'

const DEFAULT_MAX_BYTES = 8 * 1024 ** 3
const DEFAULT_TIMEOUT_MS = 6 * 3600_000
const DEFAULT_IDLE_MS = 60_000
/** a local model may think for minutes before the first byte; callers bring shorter limits by their signal */
const HEADERS_TIMEOUT_MS = 15 * 60_000

/** The way out to the internet: guarded, pinned, capped. One per worker process and degree of trust. */
export interface Egress {
  /** Like the global `fetch`; throws AppError PRIVATE_ADDRESS {host}, DEAD_URL {host}, NETWORK {host}, TIMEOUT {host}, TOO_LARGE {maxBytes}. */
  readonly fetch: typeof fetch
  /** The same guard as an HTTP proxy on loopback, for tools: `http://user:secret@127.0.0.1:port`. */
  readonly proxyUrl: string
  close(): Promise<void>
}

export interface EgressOptions {
  /** ALLOW_PRIVATE_HOSTS: `host`, `host:port`, address or CIDR */
  readonly allowPrivateHosts: readonly string[]
  /** `host:port` of base URLs set in the environment. Leave it empty where addresses come from people. */
  readonly trusted: readonly string[]
  /** of one answer. Default: 8 GiB */
  readonly maxBytes?: number
  /** of one exchange. Default: 6 h */
  readonly timeoutMs?: number
  /** longest silence in an answer. Default: 60 s */
  readonly idleMs?: number
  readonly log: Logger
  readonly lookup?: Lookup
}

/**
 * Opens the guarded way out. It resolves a name once per connection, refuses what is not on the public internet (unless
 * configured), connects to exactly the address it checked, and does so again on every redirect.
 */
export async function createEgress(options: EgressOptions): Promise<Egress> {
  const { maxBytes = DEFAULT_MAX_BYTES, timeoutMs = DEFAULT_TIMEOUT_MS, idleMs = DEFAULT_IDLE_MS, log } = options
  const resolve = createResolve(
    [parseAllowances(options.allowPrivateHosts), parseAllowances(options.trusted)],
    options.lookup,
  )
  const agent = new Agent({
    connect: guardedConnector(resolve),
    bodyTimeout: idleMs,
    headersTimeout: Math.min(timeoutMs, HEADERS_TIMEOUT_MS),
  })
  const proxy = await startProxy({ resolve, maxBytes, timeoutMs, idleMs, log })
  return {
    fetch: createFetch(agent, { maxBytes, timeoutMs }),
    proxyUrl: proxy.url,
    async close() {
      await Promise.all([agent.destroy(), proxy.close()])
    },
  }
}
