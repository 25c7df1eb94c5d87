import { ffmpeg } from './ffmpeg.ts'
import type { MediaWork } from './work.ts'

export interface FrameRequest extends MediaWork {
  readonly source: string
  readonly atMs: number
  /** .jpg */
  readonly outPath: string
  /** at most. Default: 960 */
  readonly width?: number
}

/** Frames that are compared: films fade in, and a black picture shows nothing. */
const CHOICE = 24

/** A JPEG of the most telling frame in the second after `atMs`, never enlarged. */
export async function framePicture(request: FrameRequest): Promise<void> {
  const filter = `thumbnail=${CHOICE},scale='min(${request.width ?? 960},iw)':-2:flags=lanczos,format=yuvj420p,setsar=1`
  await ffmpeg({
    workDir: request.workDir,
    signal: request.signal,
    inputs: [{ source: request.source, options: ['-ss', String(Math.max(0, request.atMs) / 1000)] }],
    outputs: [
      {
        path: request.outPath,
        options: ['-map', '0:V:0', '-vf', filter, '-frames:v', '1', '-q:v', '3', '-f', 'mjpeg', '-fflags', '+bitexact'],
      },
    ],
  })
}
