import { AppError } from '#core/errors.ts'

/** How many calls a provider takes at once in this process. */
export interface Slots {
  /** runs `work` as soon as a place is free; waiting ends with the signal */
  within<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>
  /** calls running or waiting, as a share of the places */
  load(): number
}

/** First come, first served. */
export function createSlots(places: number): Slots {
  const waiting: (() => void)[] = []
  let busy = 0
  return {
    load: () => (busy + waiting.length) / places,
    async within(signal, work) {
      if (busy < places) busy++
      else await place(waiting, signal)
      try {
        return await work()
      } finally {
        // a waiting call inherits the place
        const next = waiting.shift()
        if (next) next()
        else busy--
      }
    },
  }
}

function place(waiting: (() => void)[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancelled = () =>
      new AppError('CANCELLED', 'cancelled while waiting for a provider', { cause: signal.reason })
    if (signal.aborted) return reject(cancelled())
    const onAbort = () => {
      waiting.splice(waiting.indexOf(enter), 1)
      reject(cancelled())
    }
    const enter = () => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    }
    waiting.push(enter)
    signal.addEventListener('abort', onAbort, { once: true })
  })
}
