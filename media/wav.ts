import { type FileHandle, open } from 'node:fs/promises'

export interface WavFormat {
  readonly channels: number
  readonly sampleRate: number
  readonly bits: number
  /** 1: integer PCM */
  readonly encoding: number
  /** samples per channel */
  readonly frames: number
  readonly dataOffset: number
}

const HEAD_BYTES = 64 * 1024

/** What a RIFF WAVE file holds; undefined when it is none. */
export async function readWavFormat(path: string): Promise<WavFormat | undefined> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const head = Buffer.alloc(Math.min(size, HEAD_BYTES))
    await file.read(head, 0, head.length, 0)
    return head.length > 44 && head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WAVE'
      ? readChunks(head, size)
      : undefined
  } finally {
    await file.close()
  }
}

function readChunks(head: Buffer, size: number): WavFormat | undefined {
  let format: Omit<WavFormat, 'frames' | 'dataOffset'> | undefined
  let at = 12
  while (at + 8 <= head.length) {
    const id = head.toString('latin1', at, at + 4)
    const length = head.readUInt32LE(at + 4)
    if (id === 'fmt ' && at + 24 <= head.length) {
      format = {
        encoding: head.readUInt16LE(at + 8),
        channels: head.readUInt16LE(at + 10),
        sampleRate: head.readUInt32LE(at + 12),
        bits: head.readUInt16LE(at + 22),
      }
    }
    if (id === 'data' && format) {
      // a writer that could not seek leaves a length beyond the file
      const bytes = Math.min(length, size - at - 8)
      return {
        ...format,
        dataOffset: at + 8,
        frames: Math.floor(bytes / Math.max(1, (format.channels * format.bits) / 8)),
      }
    }
    at += 8 + length + (length % 2)
  }
  return undefined
}

/** The 44 bytes before 16-bit PCM. */
export function wavHeader(frames: number, channels: number, sampleRate: number): Buffer {
  const bytes = frames * channels * 2
  const head = Buffer.alloc(44)
  head.write('RIFF', 0, 'latin1')
  head.writeUInt32LE(Math.min(0xff_ff_ff_ff, 36 + bytes), 4)
  head.write('WAVEfmt ', 8, 'latin1')
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(channels, 22)
  head.writeUInt32LE(sampleRate, 24)
  head.writeUInt32LE(sampleRate * channels * 2, 28)
  head.writeUInt16LE(channels * 2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36, 'latin1')
  head.writeUInt32LE(Math.min(0xff_ff_ff_ff, bytes), 40)
  return head
}

/** Writes samples of 16 bits, channels interleaved. */
export async function writeWav(path: string, samples: Int16Array, sampleRate: number, channels = 1): Promise<void> {
  const file: FileHandle = await open(path, 'w')
  try {
    await file.write(wavHeader(samples.length / channels, channels, sampleRate), 0, 44, 0)
    await file.write(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength), 0, samples.byteLength, 44)
  } finally {
    await file.close()
  }
}
