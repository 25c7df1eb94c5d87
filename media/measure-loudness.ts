import { AppError } from '#core/errors.ts'
import { ffmpeg } from './ffmpeg.ts'
import type { MediaWork } from './work.ts'

/** As EBU R128 measures it. Silence is −70 LUFS and −120 dBTP. */
export interface Loudness {
  readonly integratedLufs: number
  readonly truePeakDbtp: number
}

const SILENT_PEAK = -120

/** Measures the loudness of the first sound track, in LUFS and dBTP, to 0.1. */
export async function measureLoudness(source: string, work: MediaWork): Promise<Loudness> {
  const { stderr } = await ffmpeg({
    ...work,
    inputs: [{ source }],
    level: 'info',
    outputs: [{ path: '-', options: ['-map', '0:a:0', '-af', 'ebur128=peak=true:framelog=verbose', '-f', 'null'] }],
  })
  // the summary is the last thing that the filter prints
  const summary = stderr.slice(stderr.lastIndexOf('Integrated loudness:'))
  const integrated = /I:\s*(-?[\d.]+|-inf|nan) LUFS/u.exec(summary)?.[1]
  const peak = /Peak:\s*(-?[\d.]+|-inf|nan) dBFS/u.exec(summary)?.[1]
  if (integrated === undefined || peak === undefined) throw new AppError('BROKEN_MEDIA', 'no loudness was measured')
  return { integratedLufs: number(integrated, -70), truePeakDbtp: number(peak, SILENT_PEAK) }
}

function number(text: string, silent: number): number {
  const value = Number(text)
  return Number.isFinite(value) ? Math.max(value, silent) : silent
}
