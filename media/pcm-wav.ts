import { open } from 'node:fs/promises'
import { AppError } from '#core/errors.ts'

/** Where the samples of a PCM WAV file lie. */
export interface PcmLayout {
  readonly channels: number
  readonly sampleRate: number
  readonly bitsPerSample: number
  /** offset of the first sample, bytes */
  readonly offset: number
  /** bytes of samples that are there */
  readonly bytes: number
  /** bytes of samples that the header promises; undefined when it was written before the end was known */
  readonly promised: number | undefined
  readonly durationMs: number
}

const HEAD_BYTES = 64 * 1024
/** written by tools that stream and cannot go back to the header */
const UNKNOWN_SIZES = new Set([0, 0xff_ff_ff_ff, 0x7f_ff_ff_ff])

/**
 * Reads the header of a PCM WAV file.
 * @throws AppError BROKEN_MEDIA when it is none, or not plain PCM.
 */
export async function readPcmLayout(path: string): Promise<PcmLayout> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const head = Buffer.alloc(Math.min(HEAD_BYTES, size))
    await file.read(head, 0, head.length, 0)
    return parsePcmHead(head, size)
  } finally {
    await file.close()
  }
}

/** The layout of a WAV whose first bytes are `head` and whose whole length is `size` bytes. */
export function parsePcmHead(head: Buffer, size: number): PcmLayout {
  if (head.length < 12 || head.toString('latin1', 0, 4) !== 'RIFF' || head.toString('latin1', 8, 12) !== 'WAVE') throw broken('not a WAV file')
  let format: { channels: number; sampleRate: number; bitsPerSample: number } | undefined
  for (let at = 12; at + 8 <= head.length; ) {
    const id = head.toString('latin1', at, at + 4)
    const length = head.readUInt32LE(at + 4)
    if (id === 'data') {
      if (!format) throw broken('samples before their format')
      return layout(format, at + 8, length, size)
    }
    if (id === 'fmt ' && at + 24 <= head.length) format = readFormat(head, at + 8)
    at += 8 + length + (length % 2)
  }
  throw broken('no samples')
}

function readFormat(head: Buffer, at: number): { channels: number; sampleRate: number; bitsPerSample: number } {
  const tag = head.readUInt16LE(at)
  // 1 is PCM, 0xfffe the extensible form of it
  if (tag !== 1 && tag !== 0xff_fe) throw broken(`coding ${tag} is not PCM`)
  const format = { channels: head.readUInt16LE(at + 2), sampleRate: head.readUInt32LE(at + 4), bitsPerSample: head.readUInt16LE(at + 14) }
  if (format.channels < 1 || format.sampleRate < 1 || format.bitsPerSample < 8) throw broken('an impossible format')
  return format
}

function layout(format: { channels: number; sampleRate: number; bitsPerSample: number }, offset: number, length: number, size: number): PcmLayout {
  const promised = UNKNOWN_SIZES.has(length) ? undefined : length
  const bytes = Math.max(0, Math.min(promised ?? Number.MAX_SAFE_INTEGER, size - offset))
  const bytesPerMs = (format.channels * format.sampleRate * format.bitsPerSample) / 8 / 1000
  return { ...format, offset, bytes, promised, durationMs: Math.round(bytes / bytesPerMs) }
}

function broken(why: string): AppError {
  return new AppError('BROKEN_MEDIA', `The sound file cannot be read: ${why}`, { data: { reason: why } })
}

/** A WAV header for `bytes` of 16-bit PCM that follow it. */
export function pcmHead({ channels, sampleRate, bytes }: { channels: number; sampleRate: number; bytes: number }): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(36 + bytes, 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(channels, 22)
  head.writeUInt32LE(sampleRate, 24)
  head.writeUInt32LE(sampleRate * channels * 2, 28)
  head.writeUInt16LE(channels * 2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(bytes, 40)
  return head
}
