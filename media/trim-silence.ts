import { BUS_RATE, msToSamples, readLine, samplesToMs } from './pcm.ts'
import { writeWav } from './wav.ts'
import type { MediaWork } from './work.ts'

export interface TrimRequest extends MediaWork {
  readonly path: string
  readonly outPath: string
}

export interface Trimmed {
  readonly durationMs: number
  /** cut off at the start and at the end, ms */
  readonly headMs: number
  readonly tailMs: number
  /** nothing is said in it: `outPath` holds no sample */
  readonly silent: boolean
}

const WINDOW_MS = 5
/** below the loudest window by this much is silence */
const RANGE_DB = 42
/** −60 dBFS: no voice is that low */
const FLOOR = 32.768
/** kept so that soft consonants are not cut */
const KEEP_HEAD_MS = 15
const KEEP_TAIL_MS = 40
/** against clicks */
const FADE_MS = 3

/** Cuts the silence around a spoken line. Writes 48 kHz mono WAV. */
export async function trimSilence(request: TrimRequest): Promise<Trimmed> {
  const samples = await readLine(request.path, request)
  const window = msToSamples(WINDOW_MS)
  const levels = windowLevels(samples, window)
  const loudest = Math.max(0, ...levels)
  const threshold = Math.max(FLOOR, loudest * 10 ** (-RANGE_DB / 20))
  const first = levels.findIndex((level) => level >= threshold)
  const last = levels.findLastIndex((level) => level >= threshold)
  const start = Math.max(0, first * window - msToSamples(KEEP_HEAD_MS))
  const end = Math.min(samples.length, (last + 1) * window + msToSamples(KEEP_TAIL_MS))
  const kept = first < 0 ? new Int16Array(0) : samples.slice(start, end)
  fadeEnds(kept)
  await writeWav(request.outPath, kept, BUS_RATE)
  if (first < 0) return { durationMs: 0, headMs: 0, tailMs: 0, silent: true }
  return {
    durationMs: samplesToMs(kept.length),
    headMs: samplesToMs(start),
    tailMs: samplesToMs(samples.length - end),
    silent: false,
  }
}

/** Root mean square of each window. */
function windowLevels(samples: Int16Array, window: number): number[] {
  const levels: number[] = []
  for (let at = 0; at < samples.length; at += window) {
    const part = samples.subarray(at, at + window)
    let sum = 0
    for (const sample of part) sum += sample * sample
    levels.push(Math.sqrt(sum / part.length))
  }
  return levels
}

function fadeEnds(samples: Int16Array): void {
  const length = Math.min(msToSamples(FADE_MS), Math.floor(samples.length / 2))
  for (let i = 0; i < length; i++) {
    const gain = (i + 1) / (length + 1)
    const end = samples.length - 1 - i
    samples[i] = Math.round((samples[i] ?? 0) * gain)
    samples[end] = Math.round((samples[end] ?? 0) * gain)
  }
}
