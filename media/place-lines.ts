import { type FileHandle, open } from 'node:fs/promises'
import { BUS_RATE, msToSamples, readLine, samplesToMs } from './pcm.ts'
import { wavHeader } from './wav.ts'
import type { MediaWork } from './work.ts'

export interface PlacedLine {
  readonly path: string
  /** where its first sample goes */
  readonly atMs: number
  /** no more than this of it is heard: what comes after is the next line's */
  readonly durationMs: number
}

export interface PlaceRequest extends MediaWork {
  readonly lines: readonly PlacedLine[]
  readonly totalMs: number
  readonly outPath: string
}

const HEADER = 44

/**
 * Puts spoken lines on a silent track of exactly `totalMs`, each at its sample (atMs × 48, rounded). Lines are read one at a
 * time and the file is sparse, so five hours and 5,000 lines need no memory. Writes 48 kHz mono WAV.
 * @returns what was placed, measured in the file, ms.
 */
export async function placeLines(request: PlaceRequest): Promise<{ placedMs: number; durationMs: number }[]> {
  const total = msToSamples(request.totalMs)
  const file = await open(request.outPath, 'w+')
  try {
    await file.write(wavHeader(total, 1, BUS_RATE), 0, HEADER, 0)
    await file.truncate(HEADER + total * 2)
    const placed: { placedMs: number; durationMs: number }[] = []
    for (const line of request.lines) {
      request.signal.throwIfAborted()
      const at = Math.max(0, msToSamples(line.atMs))
      // a duration in whole ms may be up to 1 ms short of the samples
      const most = Math.max(0, Math.min(msToSamples(line.durationMs + 1), total - at))
      const samples = (await readLine(line.path, request)).subarray(0, most)
      await addAt(file, HEADER + at * 2, samples)
      placed.push({ placedMs: samplesToMs(at), durationMs: samplesToMs(samples.length) })
    }
    return placed
  } finally {
    await file.close()
  }
}

/** Adds to what lies there: where two lines ever touch, neither loses a sample. */
async function addAt(file: FileHandle, position: number, samples: Int16Array): Promise<void> {
  const bytes = Buffer.alloc(samples.length * 2)
  await file.read(bytes, 0, bytes.length, position)
  for (const [i, sample] of samples.entries()) {
    const sum = bytes.readInt16LE(i * 2) + sample
    bytes.writeInt16LE(Math.max(-32_768, Math.min(32_767, sum)), i * 2)
  }
  await file.write(bytes, 0, bytes.length, position)
}
