/** One line of a bench: a figure, what it is compared with, and whether that is good enough. */
export interface Measure {
  readonly metric: string
  readonly value: number
  readonly unit: string
  /** the same work done bare, or the limit; null where there is none */
  readonly floor: number | null
  /** value / floor */
  readonly ratio: number | null
  /** what the ratio (or the value) must reach, in words: '≥ 0.25', '≤ 250 MB' */
  readonly target: string
  readonly ok: boolean
}

export interface Bench {
  /** takes minutes; reports what it does in words */
  run(say: (line: string) => void): Promise<readonly Measure[]>
}

/** The middle of several rounds. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** Nearest-rank quantile; 0.95 for p95. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN
}
