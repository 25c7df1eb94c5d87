import { ffmpeg } from './ffmpeg.ts'
import { type Loudness, measureLoudness } from './measure-loudness.ts'
import { readWavFormat } from './wav.ts'
import type { MediaWork } from './work.ts'

export interface NormalizeRequest extends MediaWork {
  readonly path: string
  readonly outPath: string
  /** LUFS. Default: −14 */
  readonly targetLufs?: number
  /** dBTP. Default: −1.5, so that it is ≤ −1 after a lossy encoder */
  readonly ceilingDbtp?: number
}

export interface Normalized extends Loudness {
  readonly gainDb: number
  /** near-silence is left as it is: raising it would raise noise */
  readonly skipped: boolean
}

const NEAR_SILENCE_LUFS = -50
const CLOSE_ENOUGH_LU = 0.2
const MAX_PASSES = 4

/**
 * Brings a sound file to the target loudness: measured, one constant gain, and a true-peak limiter where peaks would pass
 * the ceiling (measured again and corrected for what the limiter took). Unlike loudnorm's dynamic mode it never pumps the
 * bed, and it keeps every sample in its place. Writes 48 kHz stereo WAV of the same length.
 */
export async function normalizeLoudness(request: NormalizeRequest): Promise<Normalized> {
  const { targetLufs = -14, ceilingDbtp = -1.5, path, outPath } = request
  const before = await measureLoudness(path, request)
  const skipped = before.integratedLufs < NEAR_SILENCE_LUFS
  let gainDb = skipped ? 0 : targetLufs - before.integratedLufs
  let after = before
  let ceiling = ceilingDbtp
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const limits = before.truePeakDbtp + gainDb > ceilingDbtp
    await applyGain(request, gainDb, limits ? ceiling : undefined)
    after = await measureLoudness(outPath, request)
    const short = targetLufs - after.integratedLufs
    const over = after.truePeakDbtp - ceilingDbtp
    if (skipped || (Math.abs(short) <= CLOSE_ENOUGH_LU && over <= 0.1)) break
    gainDb += short
    if (over > 0) ceiling -= over
  }
  return { ...after, gainDb, skipped }
}

async function applyGain(request: NormalizeRequest, gainDb: number, ceiling: number | undefined): Promise<void> {
  const filters = [
    'aformat=sample_fmts=fltp',
    'aresample=48000',
    'aformat=channel_layouts=stereo',
    `volume=${gainDb.toFixed(3)}dB`,
  ]
  if (ceiling !== undefined) filters.push(...limiter(ceiling))
  const format = await readWavFormat(request.path)
  // resamplers may be a sample short at the end
  if (format?.sampleRate === 48_000)
    filters.push(`apad=whole_len=${format.frames}`, `atrim=end_sample=${format.frames}`)
  await ffmpeg({
    workDir: request.workDir,
    signal: request.signal,
    inputs: [{ source: request.path }],
    outputs: [
      {
        path: request.outPath,
        options: [
          '-map',
          '0:a:0',
          '-af',
          filters.join(','),
          '-c:a',
          'pcm_s16le',
          '-fflags',
          '+bitexact',
          '-map_metadata',
          '-1',
        ],
      },
    ],
  })
}

const LOOKAHEAD_S = 0.005

/** At 192 kHz the samples show the true peaks. The look-ahead delays by its length, which is cut off again. */
function limiter(ceiling: number): string[] {
  const limit = (10 ** (ceiling / 20)).toFixed(5)
  return [
    'aresample=192000',
    `alimiter=level=disabled:limit=${limit}:attack=${LOOKAHEAD_S * 1000}:release=50`,
    `atrim=start=${LOOKAHEAD_S}`,
    'asetpts=PTS-STARTPTS',
    'aresample=48000',
  ]
}
