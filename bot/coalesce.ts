export interface Coalescer<T> {
  /** Latest wins. `final`: sent without waiting for the gap, and never dropped for a later non-final one. */
  push(key: string, value: T, options?: { final?: boolean }): void
  /** Settles when nothing is in flight or waits. */
  idle(): Promise<void>
}

interface Slot<T> {
  waiting?: T
  final: boolean
  busy: boolean
  timer?: ReturnType<typeof setTimeout>
  /** not before: ms since the epoch */
  next: number
  /** asked for by the platform: holds for a final one too */
  blockedUntil: number
  lastSent?: string
}

/**
 * Edits of messages, paced: latest wins, at most one in flight for each key, identical ones are skipped, at least `gapMs`
 * between two, a final one at once. A platform that says "retry after" (`error.retryAfterMs`) is obeyed. Other failures go
 * to `onError`: the next change, or the sweep, tries again.
 */
export function createCoalescer<T>(options: {
  readonly gapMs: number
  readonly send: (key: string, value: T) => Promise<void>
  readonly onError: (key: string, thrown: unknown) => void
}): Coalescer<T> {
  const slots = new Map<string, Slot<T>>()
  const waiters: (() => void)[] = []

  function schedule(key: string, slot: Slot<T>): void {
    if (slot.busy || slot.waiting === undefined) return
    clearTimeout(slot.timer)
    const earliest = slot.final ? slot.blockedUntil : Math.max(slot.next, slot.blockedUntil)
    slot.timer = setTimeout(() => void run(key, slot), Math.max(0, earliest - Date.now()))
  }

  async function run(key: string, slot: Slot<T>): Promise<void> {
    const value = slot.waiting
    if (value === undefined) return
    delete slot.waiting
    const body = JSON.stringify(value)
    if (body !== slot.lastSent) await transmit(key, slot, value, body)
    if (slot.waiting !== undefined) return schedule(key, slot)
    if (slot.final) slots.delete(key)
    if ([...slots.values()].every((other) => !other.busy && other.waiting === undefined)) waiters.splice(0).forEach((done) => done())
  }

  async function transmit(key: string, slot: Slot<T>, value: T, body: string): Promise<void> {
    slot.busy = true
    try {
      await options.send(key, value)
      slot.lastSent = body
    } catch (error) {
      const wait = retryAfterMs(error)
      if (wait === undefined) options.onError(key, error)
      else {
        slot.blockedUntil = Date.now() + wait
        slot.waiting ??= value
      }
    } finally {
      slot.busy = false
      slot.next = Date.now() + options.gapMs
    }
  }

  return {
    push(key, value, { final = false } = {}) {
      const slot = slots.get(key) ?? { final: false, busy: false, next: 0, blockedUntil: 0 }
      slots.set(key, slot)
      slot.waiting = value
      slot.final = final
      schedule(key, slot)
    },
    async idle() {
      if ([...slots.values()].every((slot) => !slot.busy && slot.waiting === undefined)) return
      await new Promise<void>((resolve) => waiters.push(resolve))
    },
  }
}

function retryAfterMs(thrown: unknown): number | undefined {
  if (typeof thrown !== 'object' || thrown === null || !('retryAfterMs' in thrown)) return undefined
  return typeof thrown.retryAfterMs === 'number' ? thrown.retryAfterMs : undefined
}
