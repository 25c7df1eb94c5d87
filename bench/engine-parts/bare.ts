import { createPostgresBackend, Queue, Worker, type Job } from 'bullmq'
import type { ConsumerOptions } from './consumer.ts'

const JOB = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const

type Target = Pick<ConsumerOptions, 'backend' | 'databaseUrl' | 'redisUrl' | 'queueName'>

/** BullMQ without anything around it. */
export function bareWorker(options: Target & { readonly slots: number }, process: (job: Job) => Promise<void>) {
  const { slots: concurrency, queueName = 'bare' } = options
  const worker =
    options.backend === 'redis'
      ? new Worker(queueName, process, { connection: redisOf(options), concurrency })
      : new Worker(
          queueName,
          process,
          { connection: { ...postgresOf(options), max: 10 }, concurrency },
          createPostgresBackend,
        )
  worker.on('error', () => undefined)
  return worker
}

/** A queue to add to, its tables made. */
export async function bareQueue(options: Target) {
  const { queueName = 'bare' } = options
  const queue =
    options.backend === 'redis'
      ? new Queue(queueName, { connection: redisOf(options) })
      : new Queue(queueName, { connection: { ...postgresOf(options), migrate: true, max: 2 } }, createPostgresBackend)
  queue.on('error', () => undefined)
  await queue.waitUntilReady()
  return {
    add: async (name: string): Promise<void> => void (await queue.add(name, {}, JOB)),
    addMany: async (count: number): Promise<void> => {
      for (let left = count; left > 0; left -= 1_000) {
        await queue.addBulk(
          Array.from({ length: Math.min(1_000, left) }, () => ({ name: 'noop', data: {}, opts: JOB })),
        )
      }
    },
    close: () => queue.close(),
  }
}

function redisOf({ redisUrl = '' }: Target) {
  const { hostname: host, port } = new URL(redisUrl)
  return { host, port: Number(port), maxRetriesPerRequest: null }
}

function postgresOf({ databaseUrl }: Target) {
  return { connectionString: databaseUrl, schema: 'bullmq', keepAlive: true }
}
