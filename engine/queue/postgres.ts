import { createPostgresBackend, Queue, Worker } from 'bullmq'
import type { Logger } from '#core/log.ts'
import type { Timings } from '../timings.ts'
import type { QueueBackend } from './backend.ts'
import { createBullmq } from './bullmq.ts'

/** most connections of one worker's pool: more bring nothing (ENGINE.md) */
const MAX_CONNECTIONS = 10

/** The queue in PostgreSQL: BullMQ's own backend in the schema `bullmq`, made where it is missing. */
export function openPostgresQueue(options: { url: string; timings: Timings; log: Logger }): QueueBackend {
  const connection = { connectionString: options.url, schema: 'bullmq', keepAlive: true }
  return createBullmq(
    {
      kind: 'postgres',
      queue: async (name, onError) => {
        const queue = new Queue(name, { connection: { ...connection, migrate: true, max: 2 } }, createPostgresBackend)
        queue.on('error', onError)
        await queue.waitUntilReady().catch(async (error: unknown) => {
          await queue.close().catch(() => undefined)
          throw error
        })
        return queue
      },
      worker: (name, process, rest, onError) => {
        const max = Math.min(MAX_CONNECTIONS, (rest.concurrency ?? 1) + 1)
        return new Worker(name, process, { ...rest, connection: { ...connection, max } }, createPostgresBackend).on(
          'error',
          onError,
        )
      },
      close: async () => undefined,
    },
    options,
  )
}
