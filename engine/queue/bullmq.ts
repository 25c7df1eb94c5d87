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
  const queues = openQueues(make, log)
  const consumers = new Set<QueueConsumer>()

  return {
    kind: make.kind,
    add: async (resource, steps) => {
      if (steps.length === 0) return
      const some = steps.map(({ stepId, dispatch }) => ({ stepId, dispatch }))
      try {
        await addOnce(await queues.open(resource), some)
      } catch (error) {
        log.warn({ err: error, resource }, 'could not add to the queue; opening it anew')
        await queues.forget(resource)
        await addAgain(() => queues.open(resource), some)
      }
    },
    consume: async (resource, slots, run) => {
      // its tables are made first: a worker never makes them
      await queues.open(resource)
      const worker = make.worker(
        nameOf(resource),
        async (job) => run(job.data),
        workerOptions(slots, timings),
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
      const queue = await queues.open(resource)
      const counts = await queue.getJobCounts('active', 'waiting', 'delayed', 'prioritized')
      return Object.values(counts).reduce((sum, count) => sum + count, 0)
    },
    close: async () => {
      await Promise.all([...consumers].map((consumer) => consumer.close()))
      await queues.close()
      await make.close()
    },
  }
}

/** Opens each queue once; one that could not be opened, or is forgotten, is opened anew by the next who asks. */
function openQueues(make: Maker, log: Logger) {
  const queues = new Map<Resource, Promise<JobQueue>>()

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

  return { open, forget, close: () => Promise.all([...queues.keys()].map(forget)) }
}

async function addOnce(queue: JobQueue, steps: readonly QueuedStep[]): Promise<void> {
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

async function addAgain(open: () => Promise<JobQueue>, steps: readonly QueuedStep[]): Promise<void> {
  try {
    await addOnce(await open(), steps)
  } catch (cause) {
    throw new AppError('QUEUE_DOWN', 'the queue takes no work', { cause })
  }
}

function workerOptions(slots: number, timings: Timings): Omit<WorkerOptions, 'connection'> {
  return {
    concurrency: slots,
    lockDuration: timings.lockDurationMs,
    stalledInterval: timings.stalledIntervalMs,
    maxStalledCount: 3,
    drainDelay: Math.max(1, timings.drainDelayMs / 1000),
    runRetryDelay: timings.queueRetryMs,
  }
}

function nameOf(resource: Resource): string {
  return `dailies-${resource}`
}
