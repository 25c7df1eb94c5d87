import { AppError } from '#core/errors.ts'

/** Counts failures by address within a window; forgets addresses when their window is over. */
export function createAttempts(limit: { readonly most: number; readonly windowMs: number }): {
  /** @throws LIMIT_REACHED */
  check(address: string): void
  fail(address: string): void
} {
  const windows = new Map<string, { failures: number; until: number }>()
  const current = (address: string) => {
    const window = windows.get(address)
    return window && window.until > Date.now() ? window : undefined
  }
  return {
    check(address) {
      if ((current(address)?.failures ?? 0) >= limit.most)
        throw new AppError('LIMIT_REACHED', 'too many wrong passwords', { data: { limit: limit.most } })
    },
    fail(address) {
      const window = current(address) ?? { failures: 0, until: Date.now() + limit.windowMs }
      window.failures++
      windows.set(address, window)
      for (const [known, { until }] of windows) if (until <= Date.now()) windows.delete(known)
    },
  }
}
