import { ffmpeg } from './ffmpeg.ts'
import type { MediaWork } from './work.ts'

export interface WaveformRequest extends MediaWork {
  readonly source: string
  readonly durationMs: number
  /** .png */
  readonly outPath: string
  readonly width?: number
  readonly height?: number
}

const BAR = 6
const GAP = 3
/** read by both a white and a near-black card with a contrast of 3 : 1 or better */
const COLOURS = ['#5b7cfa', '#a35bf0'] as const

/**
 * Draws the loudness of a sound over time as rounded bars on a transparent background: it looks the same on a dark and on a
 * light card. PNG, 1200 × 200 by default.
 */
export async function waveformPicture(request: WaveformRequest): Promise<{ width: number; height: number }> {
  const { width = 1200, height = 200 } = request
  const bars = Math.floor((width + GAP) / (BAR + GAP))
  const svg = draw(peaks(await envelope(request, bars), bars), width, height)
  // sharp is large and used by few steps: loaded when it is
  const { default: sharp } = await import('sharp')
  await sharp(Buffer.from(svg)).png({ compressionLevel: 9 }).toFile(request.outPath)
  return { width, height }
}

/** The rectified sound at some points per bar: five hours are as small as five seconds. */
async function envelope({ source, durationMs, workDir, signal }: WaveformRequest, bars: number): Promise<Int16Array> {
  const rate = Math.max(10, Math.min(4000, Math.round((bars * 50_000) / Math.max(1000, durationMs))))
  const filter = `aformat=sample_fmts=fltp:channel_layouts=mono,aresample=8000,aeval=abs(val(0)):c=same,aresample=${rate}`
  const options = ['-map', '0:a:0', '-af', filter, '-f', 's16le', '-c:a', 'pcm_s16le']
  const { stdout } = await ffmpeg({ workDir, signal, inputs: [{ source }], outputs: [{ path: '-', options }] })
  return new Int16Array(Uint8Array.from(stdout.subarray(0, stdout.length - (stdout.length % 2))).buffer)
}

/** One height (0–1) a bar: the loudest point in it, on a square-root scale so that quiet speech can be seen. */
function peaks(samples: Int16Array, bars: number): number[] {
  const heights = Array.from({ length: bars }, (_, bar) => {
    const part = samples.subarray(
      Math.floor((bar * samples.length) / bars),
      Math.floor(((bar + 1) * samples.length) / bars),
    )
    let loudest = 0
    for (const sample of part) loudest = Math.max(loudest, sample)
    return Math.sqrt(loudest / 32_768)
  })
  const most = Math.max(...heights)
  return heights.map((value) => (most > 0.02 ? value / most : 0))
}

function draw(heights: readonly number[], width: number, height: number): string {
  const rects = heights.map((value, index) => {
    const tall = Math.max(BAR, Math.round(value * (height - 8)))
    return `<rect x="${index * (BAR + GAP)}" y="${(height - tall) / 2}" width="${BAR}" height="${tall}" rx="${BAR / 2}"/>`
  })
  const stops = COLOURS.map((colour, index) => `<stop offset="${index}" stop-color="${colour}"/>`).join('')
  const gradient = `<linearGradient id="g" gradientUnits="userSpaceOnUse" x1="0" y1="0" x2="${width}" y2="0">${stops}</linearGradient>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs>${gradient}</defs><g fill="url(#g)">${rects.join('')}</g></svg>`
}
