/** The way out to the internet: guarded, pinned, capped. One per worker process. */
export interface Egress {
  /** Like the global `fetch`; throws AppError PRIVATE_ADDRESS {host}, DEAD_URL {host}, NETWORK {host}, TIMEOUT {host, timeoutMs}, TOO_LARGE {maxBytes}. */
  readonly fetch: typeof fetch
  /** The same guard as an HTTP proxy on loopback, for tools: `http://user:secret@127.0.0.1:port`. */
  readonly proxyUrl: string
  close(): Promise<void>
}
