import { AppError } from '#core/errors.ts'
import type { Logger } from '#core/log.ts'
import type { Progress } from '#domain/progress.ts'
import type { ClaimedStep, Engine } from '#engine/engine.ts'

/** Least time between two stored progress values of a worker, ms. */
const PROGRESS_GAP_MS = 500

/** A step that this worker runs. `signal` aborts when the step is not this worker's any more, or the worker drains. */
export interface HeldStep {
  readonly signal: AbortSignal
  /** handed back unfinished when its run ends, since the worker stops */
  readonly draining: () => boolean
  progress(value: Progress): void
  release(): void
}

export interface HeldSteps {
  hold(step: ClaimedStep): HeldStep
  /** Tells the engine that all held steps live, with their progress; aborts those that it says are lost. */
  beat(): Promise<void>
  /** Beats at once when a step of this run is held: it was paused, cancelled or redone. */
  checkRun(runId: string): void
  /** Aborts everything, to be handed back. */
  drain(): void
  readonly draining: boolean
}

/** Keeps book of what one worker runs. */
export function createHeldSteps(options: {
  engine: Engine
  workerId: string
  log: Logger
  progressGapMs?: number
}): HeldSteps {
  const { engine, workerId, log, progressGapMs = PROGRESS_GAP_MS } = options
  const held = new Map<string, Entry>()
  let timer: NodeJS.Timeout | undefined
  let draining = false

  async function beat(): Promise<void> {
    const steps = [...held.values()].map((entry) => entry.beat())
    const lost = await engine.heartbeat({ workerId, steps })
    for (const { id, fence } of steps.filter((step) => lost.includes(step.id))) {
      const entry = held.get(id)
      // the same step may have been claimed anew meanwhile
      if (entry?.fence === fence) entry.abort(new AppError('CANCELLED', 'the step is not this worker’s any more'))
    }
  }
  const beatQuietly = (): void => void beat().catch((error: unknown) => log.warn({ err: error }, 'could not beat'))

  function beatSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      beatQuietly()
    }, progressGapMs)
  }

  return {
    hold: (step) => {
      const entry = createEntry(step, beatSoon)
      held.set(step.id, entry)
      // claimed just before
      if (draining) entry.abort(stops())
      const release = (): void => {
        if (held.get(step.id) === entry) held.delete(step.id)
      }
      return { signal: entry.signal, draining: () => draining, progress: entry.progress, release }
    },
    beat,
    checkRun: (runId) => {
      if ([...held.values()].some((entry) => entry.runId === runId)) beatQuietly()
    },
    drain: () => {
      draining = true
      for (const entry of held.values()) entry.abort(stops())
    },
    get draining() {
      return draining
    },
  }
}

function stops(): AppError {
  return new AppError('CANCELLED', 'the worker stops')
}

type Entry = ReturnType<typeof createEntry>

function createEntry(step: ClaimedStep, changed: () => void) {
  const controller = new AbortController()
  let latest: Progress | undefined
  return {
    fence: step.fence,
    runId: step.runId,
    signal: controller.signal,
    abort: (reason: AppError) => controller.abort(reason),
    progress: (value: Progress) => {
      latest = value
      changed()
    },
    /** what to tell; a progress value is told once */
    beat: () => {
      const progress = latest
      latest = undefined
      return { id: step.id, fence: step.fence, ...(progress && { progress }) }
    },
  }
}
