export interface Pacer {
  /** Something of `key` changed: run it soon. Many touches in one gap are one run, of the latest state. */
  touch(key: string): void
  /** Runs `key` now, without waiting for the gap; settles when a run that began after this call has ended. */
  now(key: string): Promise<void>
  /** Settles when nothing runs or waits. */
  idle(): Promise<void>
  close(): Promise<void>
}

interface Slot {
  dirty: boolean
  running: Promise<void> | undefined
  timer: ReturnType<typeof setTimeout> | undefined
  /** not before: ms since the epoch */
  next: number
}

/**
 * Runs work by key: one run of a key at a time, `gapMs` between two, `width` keys at once. What changes while a run is
 * under way is seen by one more run after it, so the last state is always shown. Errors go to `onError`; the next change, or
 * the sweep, tries again.
 */
export function createPacer(options: PacerOptions): Pacer {
  const slots = new Map<string, Slot>()
  const work = createRunner(options, slots)
  const busy = () => [...slots.values()].filter((slot) => slot.running !== undefined || slot.dirty)

  function slotOf(key: string): Slot {
    const slot = slots.get(key) ?? { dirty: false, running: undefined, timer: undefined, next: 0 }
    slots.set(key, slot)
    return slot
  }

  return {
    touch(key) {
      const slot = slotOf(key)
      slot.dirty = true
      work.schedule(key, slot)
    },
    async now(key) {
      slotOf(key).dirty = true
      for (let running = slotOf(key).running; running; running = slotOf(key).running) await running
      if (!work.closed) await work.start(key, slotOf(key))
    },
    async idle() {
      for (let slot = busy()[0]; slot && !work.closed; slot = busy()[0]) await (slot.running ?? aMoment())
    },
    async close() {
      work.closed = true
      for (const slot of slots.values()) clearTimeout(slot.timer)
      await Promise.all([...slots.values()].flatMap(({ running }) => running ?? []))
    },
  }
}

interface PacerOptions {
  readonly gapMs: number
  readonly width: number
  readonly run: (key: string) => Promise<void>
  readonly onError: (key: string, thrown: unknown) => void
}

/** Starts the runs of slots, now or when their gap has passed. */
function createRunner(options: PacerOptions, slots: Map<string, Slot>) {
  const gate = createGate(options.width)

  function schedule(key: string, slot: Slot): void {
    if (runner.closed || slot.running || slot.timer) return
    const wait = Math.max(0, slot.next - Date.now())
    slot.timer = setTimeout(() => void start(key, slot), wait)
  }

  function start(key: string, slot: Slot): Promise<void> {
    clearTimeout(slot.timer)
    slot.timer = undefined
    slot.running = gate(async () => {
      slot.dirty = false
      await options.run(key)
    })
      .catch((thrown: unknown) => options.onError(key, thrown))
      .finally(() => {
        slot.running = undefined
        slot.next = Date.now() + options.gapMs
        if (slot.dirty) schedule(key, slot)
        else forget(key, slot)
      })
    return slot.running
  }

  /** The gap is remembered until it has passed. */
  function forget(key: string, slot: Slot): void {
    setTimeout(() => {
      if (!slot.running && !slot.timer && !slot.dirty && slot.next <= Date.now()) slots.delete(key)
    }, options.gapMs + 1).unref()
  }

  const runner = { closed: false, schedule, start }
  return runner
}

function aMoment(): Promise<void> {
  return new Promise((done) => setTimeout(done, 5))
}

/** At most `width` at once, in order of arrival. */
function createGate(width: number): (work: () => Promise<void>) => Promise<void> {
  const waiting: (() => void)[] = []
  let active = 0
  return async (work) => {
    if (active >= width) await new Promise<void>((enter) => waiting.push(enter))
    else active++
    try {
      await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else active--
    }
  }
}
