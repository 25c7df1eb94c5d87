import path from 'node:path'
import { ffmpeg } from './ffmpeg.ts'
import type { MediaWork } from './work.ts'

export interface ExtractRequest extends MediaWork {
  readonly source: string
  /** of the source, for progress */
  readonly durationMs?: number
  /** which sound track, counted among the sound tracks. Default: 0 */
  readonly track?: number
  readonly onProgress?: (ratio: number) => void
}

/**
 * Takes the sound of a file in one pass: whole quality (48 kHz stereo FLAC) for mixing, and 16 kHz mono WAV for recognisers.
 * Sound that starts late or has holes is padded, so that both files run in step with the picture.
 * @throws AppError BROKEN_MEDIA; those of core/run.
 */
export async function extractAudio(request: ExtractRequest): Promise<{ full: string; speech: string }> {
  const full = path.join(request.workDir, 'full.flac')
  const speech = path.join(request.workDir, 'speech.wav')
  const graph =
    `[0:a:${request.track ?? 0}]aresample=async=1000:first_pts=0,aformat=sample_fmts=fltp,asplit[a][b];` +
    '[a]aresample=48000,aformat=sample_fmts=s16:channel_layouts=stereo[full];' +
    '[b]aresample=16000,aformat=sample_fmts=s16:channel_layouts=mono[speech]'
  await ffmpeg({
    workDir: request.workDir,
    signal: request.signal,
    inputs: [{ source: request.source }],
    graph,
    outputs: [
      {
        path: full,
        options: [
          '-map',
          '[full]',
          '-c:a',
          'flac',
          '-compression_level',
          '2',
          '-map_metadata',
          '-1',
          '-fflags',
          '+bitexact',
        ],
      },
      {
        path: speech,
        options: ['-map', '[speech]', '-c:a', 'pcm_s16le', '-map_metadata', '-1', '-fflags', '+bitexact'],
      },
    ],
    onProgress: request.onProgress,
    ...(request.durationMs === undefined ? {} : { totalMs: request.durationMs }),
  })
  return { full, speech }
}
