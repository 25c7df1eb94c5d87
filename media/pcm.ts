import { readFile } from 'node:fs/promises'
import { ffmpeg } from './ffmpeg.ts'
import { readWavFormat } from './wav.ts'
import type { MediaWork } from './work.ts'

/** The rate of the studio's sound bus, Hz. */
export const BUS_RATE = 48_000

/** A line is spoken in one breath; more than this is not a line. */
const MAX_LINE_MS = 10 * 60_000

/**
 * The samples of one spoken line: mono, 16 bits, 48 kHz. Our own WAV is read as it is, anything else by ffmpeg.
 * @throws AppError BROKEN_MEDIA
 */
export async function readLine(path: string, work: MediaWork): Promise<Int16Array> {
  const format = await readWavFormat(path)
  const ours = format?.encoding === 1 && format.channels === 1 && format.bits === 16 && format.sampleRate === BUS_RATE
  const bytes = ours
    ? (await readFile(path)).subarray(format.dataOffset, format.dataOffset + format.frames * 2)
    : await decode(path, work)
  return toSamples(bytes)
}

async function decode(source: string, work: MediaWork): Promise<Buffer> {
  const options = [
    '-map',
    '0:a:0',
    '-ac',
    '1',
    '-ar',
    String(BUS_RATE),
    '-t',
    String(MAX_LINE_MS / 1000),
    '-f',
    's16le',
    '-c:a',
    'pcm_s16le',
  ]
  const { stdout } = await ffmpeg({ ...work, inputs: [{ source }], outputs: [{ path: '-', options }] })
  return stdout
}

function toSamples(bytes: Buffer): Int16Array {
  const whole = bytes.byteLength - (bytes.byteLength % 2)
  // a view must start at an even address, and the buffer is not ours to keep
  return new Int16Array(Uint8Array.from(bytes.subarray(0, whole)).buffer)
}

/** Samples at the bus rate to ms, rounded. */
export function samplesToMs(samples: number): number {
  return Math.round((samples * 1000) / BUS_RATE)
}

/** Ms to samples at the bus rate, rounded. */
export function msToSamples(ms: number): number {
  return Math.round((ms * BUS_RATE) / 1000)
}
