import { readFile } from 'node:fs/promises'
import { AppError } from '#core/errors.ts'
import { wavDuration } from './wav-duration.ts'

/** Far beyond the quickest speaker (25): sound that is shorter lost nearly all of its text. */
const FASTEST_LETTERS_PER_SECOND = 150
const SHORTEST_MS = 20

/**
 * Makes sure that a service's sound is whole: WAV samples as many as promised, MP3 frames to the last one, and not absurdly
 * short for `text`. Returns its duration in ms.
 * @throws AppError PROVIDER_OUTPUT {provider, reason: 'empty' | 'truncated' | 'not_sound'}.
 */
export function checkSound({ provider, bytes, text }: { provider: string; bytes: Buffer; text: string }): number {
  if (bytes.length === 0) throw unusable(provider, 'empty')
  const durationMs = isWav(bytes) ? wholeWav(provider, bytes) : mp3Duration(provider, bytes)
  const letters = text.replaceAll(/[^\p{L}\p{N}]/gu, '').length
  if (durationMs < SHORTEST_MS) throw unusable(provider, 'empty')
  if (durationMs < (letters / FASTEST_LETTERS_PER_SECOND) * 1000) throw unusable(provider, 'truncated')
  return durationMs
}

/** `checkSound` of a file. */
export async function checkSoundFile({
  provider,
  path,
  text,
}: {
  provider: string
  path: string
  text: string
}): Promise<number> {
  return checkSound({ provider, bytes: await readFile(path), text })
}

function isWav(bytes: Buffer): boolean {
  return bytes.toString('latin1', 0, 4) === 'RIFF'
}

function wholeWav(provider: string, bytes: Buffer): number {
  const wav = wavDuration(bytes)
  if (!wav) throw unusable(provider, 'not_sound')
  if (!wav.whole) throw unusable(provider, 'truncated')
  return wav.durationMs
}

/** kbit/s by bitrate index: MPEG-1 layer III, and MPEG-2 and 2.5 layer III. */
const BITRATES = {
  1: [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  2: [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
} as const
const SAMPLE_RATES = [44_100, 48_000, 32_000] as const

// walks from frame to frame: the last one must be there to its end (ISO/IEC 11172-3, 2.4.2.3)
function mp3Duration(provider: string, bytes: Buffer): number {
  let at = id3Length(bytes)
  let seconds = 0
  let frames = 0
  while (at < bytes.length) {
    if (bytes.toString('latin1', at, at + 3) === 'TAG') break
    const frame = at + 4 <= bytes.length ? readFrame(bytes.readUInt32BE(at)) : undefined
    if (!frame) throw unusable(provider, frames > 0 ? 'truncated' : 'not_sound')
    at += frame.length
    seconds += frame.seconds
    frames++
  }
  if (at > bytes.length) throw unusable(provider, 'truncated')
  return Math.round(seconds * 1000)
}

function readFrame(head: number): { length: number; seconds: number } | undefined {
  const version = (head >>> 19) & 3
  const layer = (head >>> 17) & 3
  const rate = SAMPLE_RATES[(head >>> 10) & 3]
  if (head >>> 21 !== 0x7_ff || version === 1 || layer !== 1 || rate === undefined) return undefined
  const kbits = BITRATES[version === 3 ? 1 : 2][(head >>> 12) & 15]
  if (!kbits) return undefined
  const sampleRate = version === 3 ? rate : version === 2 ? rate / 2 : rate / 4
  const samples = version === 3 ? 1152 : 576
  const padding = (head >>> 9) & 1
  return { length: Math.floor(((samples / 8) * kbits * 1000) / sampleRate) + padding, seconds: samples / sampleRate }
}

function id3Length(bytes: Buffer): number {
  if (bytes.length < 10 || bytes.toString('latin1', 0, 3) !== 'ID3') return 0
  // four bytes of seven bits each
  return 10 + bytes.subarray(6, 10).reduce((sum, byte) => sum * 128 + (byte & 127), 0)
}

function unusable(provider: string, reason: 'empty' | 'truncated' | 'not_sound'): AppError {
  return new AppError('PROVIDER_OUTPUT', `${provider} gave unusable sound: ${reason}`, { data: { provider, reason } })
}
