/** A stretch of speech on the timeline, ms. */
export interface Region {
  readonly startMs: number
  readonly endMs: number
}

export interface DuckOptions {
  /** how much lower inside speech, dB. Default: 19 */
  readonly depthDb?: number
  /** how long it takes to go down before a region and up after it, ms. Default: 150 */
  readonly rampMs?: number
  /** pauses shorter than this stay low, so that the bed does not pump, ms. Default: 500 */
  readonly bridgeMs?: number
}

/** Points per second of an envelope: 150 ms ramps get 30 of them. */
export const ENVELOPE_RATE = 200

/**
 * The gain of the bed over time as 16-bit samples (32,767 = as it is) at ENVELOPE_RATE. It is down by `depthDb` from the
 * first to the last ms of every region; ramps are half a cosine in dB and lie outside.
 */
export function duckEnvelope(regions: readonly Region[], totalMs: number, options: DuckOptions = {}): Int16Array {
  const { depthDb = 19, rampMs = 150, bridgeMs = 500 } = options
  const step = 1000 / ENVELOPE_RATE
  const envelope = new Int16Array(Math.ceil(totalMs / step) + ENVELOPE_RATE).fill(32_767)
  for (const region of bridge(regions, bridgeMs)) {
    const first = Math.max(0, Math.floor((region.startMs - rampMs) / step))
    const last = Math.min(envelope.length - 1, Math.ceil((region.endMs + rampMs) / step))
    for (let i = first; i <= last; i++) {
      const outside = Math.max(0, region.startMs - i * step, i * step - region.endMs)
      const down = 0.5 + 0.5 * Math.cos(Math.PI * Math.min(1, outside / rampMs))
      const gain = Math.round(32_767 * 10 ** ((-depthDb * down) / 20))
      envelope[i] = Math.min(envelope[i] ?? gain, gain)
    }
  }
  return envelope
}

function bridge(regions: readonly Region[], bridgeMs: number): Region[] {
  const joined: { startMs: number; endMs: number }[] = []
  for (const region of regions.toSorted((a, b) => a.startMs - b.startMs)) {
    const last = joined.at(-1)
    if (last && region.startMs - last.endMs < bridgeMs) last.endMs = Math.max(last.endMs, region.endMs)
    else joined.push({ ...region })
  }
  return joined
}
