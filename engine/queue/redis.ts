import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import type { Logger } from '#core/log.ts'
import type { Timings } from '../timings.ts'
import type { QueueBackend } from './backend.ts'
import { createBullmq } from './bullmq.ts'

/** The queue in Redis 6.2 or newer, which must not evict (`maxmemory-policy noeviction`). */
export function openRedisQueue(options: { url: string; timings: Timings; log: Logger }): QueueBackend {
  const { url, log } = options
  const clients = new Set<Redis>()
  function connect(maxRetriesPerRequest: number | null): Redis {
    const client = new Redis(url, { maxRetriesPerRequest, retryStrategy: (times) => Math.min(times * 100, 2_000) })
    client.on('error', (error: Error) => log.warn({ err: error }, 'Redis has trouble'))
    clients.add(client)
    return client
  }
  // adding gives up soon, and reconcile adds again; consumers wait for Redis as long as it takes
  let adding: Redis | undefined
  return createBullmq(
    {
      kind: 'redis',
      queue: async (name, onError) => {
        adding ??= connect(2)
        const queue = new Queue(name, { connection: adding })
        queue.on('error', onError)
        await queue.waitUntilReady()
        return queue
      },
      worker: (name, process, rest, onError) =>
        new Worker(name, process, { ...rest, connection: connect(null) }).on('error', onError),
      close: async () => {
        for (const client of clients) client.disconnect()
      },
    },
    options,
  )
}
