import type { DownloadProgress } from './download.ts'

/** Speed over about this long: short enough to follow, long enough not to flicker. */
const WINDOW_MS = 5000
/** between two reports */
const EVERY_MS = 250

/** Turns byte counts into ratio, speed and time left, a few times a second. `now` in ms. */
export function createSpeedometer(
  onProgress: ((progress: DownloadProgress) => void) | undefined,
  now: () => number = Date.now,
) {
  const marks: { at: number; bytes: number }[] = []
  let reported = Number.NEGATIVE_INFINITY
  return {
    report(bytes: number, total?: number): void {
      const at = now()
      if (!onProgress || (at - reported < EVERY_MS && bytes !== total)) return
      reported = at
      marks.push({ at, bytes })
      while (marks.length > 2 && at - (marks[0]?.at ?? at) > WINDOW_MS) marks.shift()
      const [first] = marks
      const seconds = first ? (at - first.at) / 1000 : 0
      // a download that began again has fewer bytes than its mark
      const bytesPerSecond = first && seconds > 0 ? Math.max(0, Math.round((bytes - first.bytes) / seconds)) : 0
      const etaSeconds =
        total !== undefined && bytesPerSecond > 0 ? Math.round((total - bytes) / bytesPerSecond) : undefined
      const ratio = total ? Math.min(1, bytes / total) : 0
      onProgress({ ratio, bytes, bytesPerSecond, ...(etaSeconds === undefined ? {} : { etaSeconds }) })
    },
  }
}
