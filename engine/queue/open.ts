import type { Logger } from '#core/log.ts'
import type { Timings } from '../timings.ts'
import type { QueueBackend } from './backend.ts'

/** The queue of this installation: Redis where `redisUrl` is set, else PostgreSQL. BullMQ loads only here, when it is needed. */
export async function openQueue(options: {
  readonly redisUrl?: string | undefined
  readonly databaseUrl: string
  readonly timings: Timings
  readonly log: Logger
}): Promise<QueueBackend> {
  const { redisUrl, databaseUrl, timings, log } = options
  if (redisUrl !== undefined) return (await import('./redis.ts')).openRedisQueue({ url: redisUrl, timings, log })
  return (await import('./postgres.ts')).openPostgresQueue({ url: databaseUrl, timings, log })
}
