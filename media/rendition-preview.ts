import { stat } from 'node:fs/promises'
import { ffmpeg } from './ffmpeg.ts'
import type { MediaWork } from './work.ts'

export interface PreviewRequest extends MediaWork {
  readonly source: string
  /** of the source */
  readonly durationMs: number
  readonly hasPicture: boolean
  /** where it starts. Default: 0 */
  readonly startMs?: number
  /** the sound track of the source that is heard. Default: 0 */
  readonly track?: number
  /** longest. Default and most: 60,000 */
  readonly maxMs?: number
  /** .mp4; sound alone may be .m4a */
  readonly outPath: string
}

const MAX_MS = 60_000
/** what chat platforms take from everybody */
const MAX_BYTES = 8 * 1024 * 1024
const AUDIO_KBITS = 96
/** of the budget; the container and the encoder's swings need the rest */
const USABLE = 0.9

/**
 * A rendition to look at in a chat: ≤ 60 s, ≤ 8 MiB, H.264 and AAC (or AAC alone), at most 854 × 480, playing while it
 * loads. @returns its length and size.
 */
export async function renditionPreview(
  request: PreviewRequest,
): Promise<{ durationMs: number; bytes: number; mime: string }> {
  const startMs = Math.min(request.startMs ?? 0, Math.max(0, request.durationMs - 1000))
  const durationMs = Math.min(request.maxMs ?? MAX_MS, MAX_MS, request.durationMs - startMs)
  let kbits = Math.min(1500, (MAX_BYTES * 8 * USABLE) / durationMs - AUDIO_KBITS)
  for (;;) {
    await encode(request, startMs, durationMs, kbits)
    const { size: bytes } = await stat(request.outPath)
    if (bytes <= MAX_BYTES) return { durationMs, bytes, mime: request.hasPicture ? 'video/mp4' : 'audio/mp4' }
    kbits *= 0.6
  }
}

async function encode(request: PreviewRequest, startMs: number, durationMs: number, kbits: number): Promise<void> {
  const rate = Math.round(kbits)
  const picture = [
    ...[
      '-map',
      '0:V:0',
      '-vf',
      "scale='min(854,iw)':'min(480,ih)':force_original_aspect_ratio=decrease:force_divisible_by=2,setsar=1",
    ],
    ...[
      '-c:v',
      'libx264',
      '-preset',
      'veryfast',
      '-crf',
      '26',
      '-maxrate',
      `${rate}k`,
      '-bufsize',
      `${rate * 2}k`,
      '-pix_fmt',
      'yuv420p',
      '-r',
      '30',
    ],
  ]
  const options = [
    ...(request.hasPicture ? picture : ['-vn']),
    ...['-map', `0:a:${request.track ?? 0}?`, '-c:a', 'aac', '-b:a', `${AUDIO_KBITS}k`, '-ac', '2', '-ar', '48000'],
    ...[
      '-t',
      String(durationMs / 1000),
      '-map_metadata',
      '-1',
      '-sn',
      '-dn',
      '-movflags',
      '+faststart',
      '-fflags',
      '+bitexact',
      '-f',
      'mp4',
    ],
  ]
  await ffmpeg({
    workDir: request.workDir,
    signal: request.signal,
    inputs: [{ source: request.source, options: ['-ss', String(startMs / 1000)] }],
    outputs: [{ path: request.outPath, options }],
  })
}
