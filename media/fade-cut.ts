import { BUS_RATE, msToSamples, readLine, samplesToMs } from './pcm.ts'
import { writeWav } from './wav.ts'
import type { MediaWork } from './work.ts'

export interface FadeCutRequest extends MediaWork {
  readonly path: string
  readonly outPath: string
  /** where the line ends; the fade lies before it */
  readonly durationMs: number
  /** Default: 40 */
  readonly fadeMs?: number
}

/** Cuts a line that is too long, with a fade (half a cosine) instead of a click. Writes 48 kHz mono WAV. @returns its length, ms. */
export async function fadeCut(request: FadeCutRequest): Promise<{ durationMs: number }> {
  const samples = (await readLine(request.path, request)).slice(0, msToSamples(request.durationMs))
  const fade = Math.min(msToSamples(request.fadeMs ?? 40), samples.length)
  for (let i = 0; i < fade; i++) {
    const at = samples.length - fade + i
    samples[at] = Math.round((samples[at] ?? 0) * (0.5 + 0.5 * Math.cos((Math.PI * (i + 1)) / fade)))
  }
  await writeWav(request.outPath, samples, BUS_RATE)
  return { durationMs: samplesToMs(samples.length) }
}
