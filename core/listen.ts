import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from '#core/log.ts'

export interface Listener {
  close(): Promise<void>
}

export interface ListenOptions {
  readonly url: string
  /** what to do with a notification, by channel; it must not throw */
  readonly channels: Readonly<Record<string, (payload: string) => void>>
  readonly log: Logger
  /** notifications sent while the connection was away are lost: read again what they would have told */
  readonly onReconnect: () => void
  /** longest wait between two attempts to connect again, ms */
  readonly maxBackoffMs?: number
}

/**
 * LISTENs on a connection of its own and reconnects with back-off when it breaks. Resolves once it listens;
 * the first connection failing rejects.
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  const state: State = { options, closing: new AbortController(), client: undefined }
  await openConnection(state)
  return {
    close: async () => {
      state.closing.abort()
      await state.client?.end().catch(() => undefined)
    },
  }
}

interface State {
  readonly options: ListenOptions
  readonly closing: AbortController
  client: pg.Client | undefined
}

async function openConnection(state: State): Promise<void> {
  const { url, channels, log } = state.options
  const client = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 10_000 })
  client.on('notification', ({ channel, payload }) => channels[channel]?.(payload ?? ''))
  client.on('error', (error) => log.warn({ err: error }, 'lost the connection that listens'))
  try {
    await client.connect()
    for (const channel of Object.keys(channels)) await client.query(`listen ${client.escapeIdentifier(channel)}`)
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
  state.client = client
  // attached last: a connection that never listened is the caller's to retry
  client.once('end', () => void reconnect(state))
  if (state.closing.signal.aborted) await client.end()
}

async function reconnect(state: State): Promise<void> {
  const { log, onReconnect, maxBackoffMs = 10_000 } = state.options
  for (let waitMs = 100; !state.closing.signal.aborted; waitMs = Math.min(waitMs * 2, maxBackoffMs)) {
    try {
      await sleep(waitMs, undefined, { signal: state.closing.signal })
      await openConnection(state)
      onReconnect()
      return
    } catch (error) {
      if (!state.closing.signal.aborted) log.warn({ err: error }, 'cannot listen yet')
    }
  }
}
