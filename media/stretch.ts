import { ffmpeg } from './ffmpeg.ts'
import { BUS_RATE, readLine, samplesToMs } from './pcm.ts'
import type { MediaWork } from './work.ts'

export interface StretchRequest extends MediaWork {
  readonly path: string
  readonly outPath: string
  /** > 1 is faster; pitch stays */
  readonly tempo: number
}

/**
 * Speaks a line faster or slower. Writes 48 kHz mono WAV of exactly `length ÷ tempo` samples: the stretchers themselves
 * lose or add up to 20 ms. @returns its length, ms.
 */
export async function stretch(request: StretchRequest): Promise<{ durationMs: number }> {
  const { length } = await readLine(request.path, request)
  const frames = Math.round(length / request.tempo)
  const filter = `${await stretcher(request)}=tempo=${request.tempo.toFixed(6)}`
  const exact = `aresample=${BUS_RATE},aformat=sample_fmts=s16:channel_layouts=mono,apad=whole_len=${frames},atrim=end_sample=${frames}`
  await ffmpeg({
    workDir: request.workDir,
    signal: request.signal,
    inputs: [{ source: request.path }],
    outputs: [
      {
        path: request.outPath,
        options: ['-map', '0:a:0', '-af', `${filter},${exact}`, '-c:a', 'pcm_s16le', '-fflags', '+bitexact'],
      },
    ],
  })
  return { durationMs: samplesToMs(frames) }
}

let known: Promise<'rubberband' | 'atempo'> | undefined

/** rubberband sounds better; not every ffmpeg is built with it. Asked once per process. */
function stretcher(work: MediaWork): Promise<'rubberband' | 'atempo'> {
  known ??= ffmpeg({
    ...work,
    inputs: [{ source: 'anullsrc=r=48000:d=0.1', format: 'lavfi' }],
    outputs: [{ path: '-', options: ['-af', 'rubberband=tempo=1.1', '-f', 'null'] }],
  }).then(
    () => 'rubberband',
    () => {
      known = undefined
      return 'atempo'
    },
  )
  return known
}
