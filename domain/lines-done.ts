import type { Progress } from './progress.ts'

/** Lines that the pace is measured by: what was kept from before takes no time, and must not promise the same of the rest. */
const WINDOW = 24
/** Lines before anything is promised. */
const LEAST = 4

/**
 * Counts lines as they are done and tells how far the work is. `key`: of `progress.`, with `done` and `total`. `share`: of
 * the whole step, 0…1. The time left is the pace of the last lines, over all that is left of the step.
 */
export function countLines(
  { key, total, share = 1 }: { readonly key: string; readonly total: number; readonly share?: number },
  now: () => number = Date.now,
): () => Progress {
  const ends = [now()]
  let done = 0
  return () => {
    done += 1
    ends.push(now())
    if (ends.length > WINDOW + 1) ends.shift()
    const ratio = (share * done) / total
    const note = { key, values: { done, total } }
    if (done < LEAST) return { ratio, note }
    const perLineMs = ((ends.at(-1) ?? 0) - (ends[0] ?? 0)) / (ends.length - 1)
    const etaSeconds = Math.max(0, Math.round((perLineMs * (total / share - done)) / 1000))
    return { ratio, note, etaSeconds }
  }
}
