import { open, writeFile } from 'node:fs/promises'
import { AppError } from '#core/errors.ts'
import type { SpeechRegion } from './speech-regions.ts'
import { readWavFormat, wavHeader } from './wav.ts'

/**
 * Copies one stretch of a 16-bit WAV to `outPath`, sample-exact: as WAV, or as bare samples.
 * @throws AppError BROKEN_MEDIA
 */
export async function cutPcm(request: {
  readonly path: string
  readonly region: SpeechRegion
  readonly outPath: string
  readonly as: 'wav' | 'raw'
}): Promise<void> {
  const pcm = await readWavFormat(request.path)
  if (pcm?.bits !== 16) throw new AppError('BROKEN_MEDIA', 'Only 16-bit WAV is cut by samples')
  const { channels, sampleRate } = pcm
  const frame = (ms: number) => Math.min(pcm.frames, Math.round((ms * sampleRate) / 1000))
  const start = frame(request.region.startMs)
  const frames = frame(request.region.endMs) - start
  const samples = Buffer.alloc(frames * channels * 2)
  const file = await open(request.path, 'r')
  try {
    await file.read(samples, 0, samples.length, pcm.dataOffset + start * channels * 2)
  } finally {
    await file.close()
  }
  const head = request.as === 'wav' ? wavHeader(frames, channels, sampleRate) : Buffer.alloc(0)
  await writeFile(request.outPath, Buffer.concat([head, samples]))
}
