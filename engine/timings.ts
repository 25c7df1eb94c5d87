/** Every duration that the engine and its workers wait, in ms (DESIGN 5). */
export interface Timings {
  /** any other duration at the same scale, at least 1 ms */
  scale(ms: number): number
  readonly heartbeatMs: number
  /** a step or worker without a heartbeat for this long is dead */
  readonly deadAfterMs: number
  readonly reconcileMs: number
  /** waits before the 1st, 2nd, … retry of a transient failure; the last one repeats */
  readonly backoffMs: readonly number[]
  /** an infrastructure failure is probed this often */
  readonly probeMs: number
  /** crashes of one step before it is set aside */
  readonly maxCrashes: number
  readonly lockDurationMs: number
  readonly stalledIntervalMs: number
  readonly drainDelayMs: number
  readonly queueRetryMs: number
}

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** The durations of DESIGN 5 times `scale`: 1 in production, 0.05 in tests (`TIME_SCALE`). */
export function timings(scale = 1): Timings {
  const scaled = (ms: number): number => Math.max(1, Math.round(ms * scale))
  return {
    scale: scaled,
    heartbeatMs: scaled(10 * SECOND),
    deadAfterMs: scaled(30 * SECOND),
    reconcileMs: scaled(15 * SECOND),
    backoffMs: [30 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 24 * HOUR].map(scaled),
    probeMs: scaled(60 * SECOND),
    maxCrashes: 3,
    lockDurationMs: scaled(60 * SECOND),
    stalledIntervalMs: scaled(15 * SECOND),
    drainDelayMs: scaled(60 * SECOND),
    queueRetryMs: scaled(5 * SECOND),
  }
}
