import type { Queue, Worker, WorkerOptions } from 'bullmq'
import { AppError } from '#core/errors.ts'
import type { Logger } from '#core/log.ts'
import type { Resource } from '#domain/states.ts'
import type { Timings } from '../timings.ts'
import type { QueueBackend, QueueConsumer, QueuedStep } from './backend.ts'

type JobQueue = Pick<Queue, 'add' | 'addBulk' | 'getJobCounts' | 'close'>
type JobWorker = Pick<Worker, 'waitUntilReady' | 'close'>

/** What differs between BullMQ on Redis and BullMQ on PostgreSQL. */
export interface Maker {
  readonly kind: QueueBackend['kind']
  /** a queue that is ready to add to, its tables made */
  queue(name: string, onError: (error: Error) => void): Promise<JobQueue>
  worker(
    name: string,
    process: (job: { readonly data: QueuedStep }) => Promise<void>,
    options: Omit<WorkerOptions, 'connection'>,
    onError: (error: Error) => void,
  ): JobWorker
  close(): Promise<void>
}

// a retained job would swallow a later one with its id; retries are rows, not jobs
const JOB = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const

/** The queue that BullMQ keeps, one per resource, named `dailies-<resource>`. */
export function createBullmq(make: Maker, { timings, log }: { timings: Timings; log: Logger }): QueueBackend {
  const queues = new Map<Resource, Promise<JobQueue>>()
  const consumers = new Set<QueueConsumer>()

  function open(resource: Resource): Promise<JobQueue> {
    const known = queues.get(resource)
    if (known) return known
    const opening = make.queue(nameOf(resource), (error) => log.warn({ err: error, resource }, 'the queue has trouble'))
    queues.set(resource, opening)
    opening.catch(() => queues.delete(resource))
    return opening
  }

  async function forget(resource: Resource): Promise<void> {
    const queue = await queues.get(resource)?.catch(() => undefined)
    queues.delete(resource)
    await queue?.close().catch(() => undefined)
  }

  async function addOnce(resource: Resource, steps: readonly QueuedStep[]): Promise<void> {
    const queue = await open(resource)
    const jobs = steps.map((step) => ({
      name: 'step',
      data: step,
      opts: { ...JOB, jobId: `${step.stepId}-${step.dispatch}` },
    }))
    const [first] = jobs
    // adding in bulk has a cost of its own
    if (jobs.length === 1 && first) await queue.add(first.name, first.data, first.opts)
    else await queue.addBulk(jobs)
  }

  return {
    kind: make.kind,
    add: async (resource, steps) => {
      if (steps.length === 0) return
      const some = steps.map(({ stepId, dispatch }) => ({ stepId, dispatch }))
      try {
        await addOnce(resource, some)
      } catch (error) {
        log.warn({ err: error, resource }, 'could not add to the queue; opening it anew')
        await forget(resource)
        await addOnce(resource, some).catch((again: unknown) => {
          throw new AppError('QUEUE_DOWN', 'the queue takes no work', { cause: again })
        })
      }
    },
    consume: async (resource, slots, run) => {
      // its tables are made first: a worker never makes them
      await open(resource)
      const worker = make.worker(
        nameOf(resource),
        async (job) => run(job.data),
        {
          concurrency: slots,
          lockDuration: timings.lockDurationMs,
          stalledInterval: timings.stalledIntervalMs,
          maxStalledCount: 3,
          drainDelay: Math.max(1, timings.drainDelayMs / 1000),
          runRetryDelay: timings.queueRetryMs,
        },
        (error) => log.warn({ err: error, resource }, 'the consumer has trouble'),
      )
      await worker.waitUntilReady()
      const consumer = {
        close: async () => {
          consumers.delete(consumer)
          await worker.close()
        },
      }
      consumers.add(consumer)
      return consumer
    },
    length: async (resource) => {
      const counts = await (await open(resource)).getJobCounts('active', 'waiting', 'delayed', 'prioritized')
      return Object.values(counts).reduce((sum, count) => sum + count, 0)
    },
    close: async () => {
      await Promise.all([...consumers].map((consumer) => consumer.close()))
      await Promise.all([...queues.keys()].map(forget))
      await make.close()
    },
  }
}

function nameOf(resource: Resource): string {
  return `dailies-${resource}`
}
