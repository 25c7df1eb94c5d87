import { open, writeFile } from 'node:fs/promises'
import { pcmHead, readPcmLayout } from './pcm-wav.ts'
import type { SpeechRegion } from './speech-regions.ts'

/** Copies one stretch of a 16-bit WAV to `outPath`, sample-exact: as WAV, or as bare samples. */
export async function cutPcm(request: { path: string; region: SpeechRegion; outPath: string; as: 'wav' | 'raw' }): Promise<void> {
  const pcm = await readPcmLayout(request.path)
  const frame = pcm.channels * 2
  const at = (ms: number) => Math.min(Math.floor(pcm.bytes / frame), Math.round((ms * pcm.sampleRate) / 1000)) * frame
  const start = at(request.region.startMs)
  const samples = Buffer.alloc(at(request.region.endMs) - start)
  const file = await open(request.path, 'r')
  try {
    await file.read(samples, 0, samples.length, pcm.offset + start)
  } finally {
    await file.close()
  }
  const head = request.as === 'wav' ? pcmHead({ channels: pcm.channels, sampleRate: pcm.sampleRate, bytes: samples.length }) : Buffer.alloc(0)
  await writeFile(request.outPath, Buffer.concat([head, samples]))
}
