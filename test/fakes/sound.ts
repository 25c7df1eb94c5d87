import { execFile } from 'node:child_process'
import { wavHeader } from '#media/wav.ts'

const SAMPLE_RATE = 24_000

/** A WAV tone of `ms`: 24 kHz mono, 16 bit. */
export function toneWav(ms: number): Buffer {
  const samples = Math.round((SAMPLE_RATE * ms) / 1000)
  const pcm = Buffer.alloc(samples * 2)
  for (let i = 0; i < samples; i++)
    pcm.writeInt16LE(Math.round(9000 * Math.sin((2 * Math.PI * 220 * i) / SAMPLE_RATE)), i * 2)
  return Buffer.concat([wavHeader(samples, 1, SAMPLE_RATE), pcm])
}

/** The same as MP3, 44.1 kHz at 128 kbit/s. */
export function toneMp3(ms: number): Promise<Buffer> {
  const coder = ['-ar', '44100', '-b:a', '128k', '-f', 'mp3', '-write_xing', '0', 'pipe:1']
  return new Promise((resolve, reject) => {
    const child = execFile(
      'ffmpeg',
      ['-v', 'error', '-i', 'pipe:0', ...coder],
      { encoding: 'buffer', maxBuffer: 1 << 26 },
      (error, stdout) => (error ? reject(error) : resolve(stdout)),
    )
    child.stdin?.end(toneWav(ms))
  })
}

/** How long a text takes to say: 15 letters a second, at least half a second. */
export function spokenMs(text: string): number {
  return Math.max(500, Math.round((text.length / 15) * 1000))
}

/** The first part of a file, as when a transfer broke off. */
export function cutShort(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length * 0.6))
}
