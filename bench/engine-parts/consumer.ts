import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

/** What a consumer process is told: which queue, how many at once, and whether it is the engine's or a bare one. */
export interface ConsumerOptions {
  readonly role: 'engine' | 'bare'
  readonly backend: 'redis' | 'postgres'
  readonly databaseUrl: string
  readonly redisUrl?: string
  readonly queueName?: string
  readonly slots: number
}

/** What it tells. `at`: ms since the epoch, with fractions. */
export type ConsumerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'started'; readonly stage: string; readonly at: number }
  | { readonly kind: 'memory'; readonly pssMb: number }

export interface ConsumerProcess {
  /** resolves with the time at which `count` more jobs of `stage` had started */
  started(count: number, stage?: string): Promise<number>
  pssMb(): Promise<number>
  stop(): Promise<void>
}

/** Starts a process that consumes a queue, as a worker does. */
export async function startConsumer(options: ConsumerOptions): Promise<ConsumerProcess> {
  const child = fork(path.join(import.meta.dirname, 'consume.ts'), [JSON.stringify(options)], {
    execArgv: ['--max-semi-space-size=2', '--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  child.setMaxListeners(0)
  const gone = once(child, 'exit')
  const starts = collectStarts(child)
  await next(child, (message) => message.kind === 'ready')
  return {
    started: starts.take,
    pssMb: async () => {
      const answer = next(child, (message) => message.kind === 'memory')
      child.send({ kind: 'memory' })
      const message = await answer
      return message.kind === 'memory' ? message.pssMb : Number.NaN
    },
    stop: async () => {
      child.kill('SIGTERM')
      await gone
    },
  }
}

/** Keeps every start until somebody asks for it: the first may come before the consumer says that it is ready. */
function collectStarts(child: ChildProcess) {
  const waiting: { readonly stage: string; readonly at: number }[] = []
  let look: () => void = () => undefined
  child.on('message', (message: ConsumerMessage) => {
    if (message.kind !== 'started') return
    waiting.push(message)
    look()
  })
  return {
    take: (count: number, stage?: string): Promise<number> =>
      new Promise((resolve, reject) => {
        let left = count
        child.once('exit', () => reject(new Error('the consumer ended')))
        look = () => {
          while (left > 0 && waiting.length > 0) {
            const start = waiting.shift()
            if (!start || (stage !== undefined && start.stage !== stage)) continue
            left--
            if (left === 0) resolve(start.at)
          }
        }
        look()
      }),
  }
}

function next(child: ChildProcess, wanted: (message: ConsumerMessage) => boolean): Promise<ConsumerMessage> {
  return new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error('the consumer ended'))
    const onMessage = (message: ConsumerMessage): void => {
      if (!wanted(message)) return
      child.off('message', onMessage)
      child.off('exit', onExit)
      resolve(message)
    }
    child.on('message', onMessage)
    child.once('exit', onExit)
  })
}
