import path from 'node:path'
import { duckEnvelope, ENVELOPE_RATE, type Region } from './duck-envelope.ts'
import { ffmpeg, type FfmpegInput } from './ffmpeg.ts'
import { measureLoudness } from './measure-loudness.ts'
import { BUS_RATE, msToSamples } from './pcm.ts'
import type { MediaWork } from './work.ts'
import { writeWav } from './wav.ts'

export interface MixRequest extends MediaWork {
  /** keep: the original as loud as ever; duck: 19 dB lower under speech; drop: room tone instead of it */
  readonly bed: 'keep' | 'duck' | 'drop'
  /** the sound of the source */
  readonly original: string
  /** the dub: lines placed on the timeline */
  readonly speech: string
  /** where anybody speaks, in the original or in the dub */
  readonly speechRegions: readonly Region[]
  readonly totalMs: number
  readonly outPath: string
  readonly onProgress?: (ratio: number) => void
}

/** Both voices are brought here before they are mixed, LUFS; the mix is normalized afterwards. */
const VOICE_LUFS = -18
const NEAR_SILENCE_LUFS = -50
/** −72 dBFS RMS or so: not heard, but a track that is never dead silent */
const ROOM_TONE = 0.0008

/**
 * Lays the dub over the original. The original voice is lowered, not removed. Writes 48 kHz stereo WAV of exactly
 * `totalMs`, not yet normalized (see normalizeLoudness).
 */
export async function mixBed(request: MixRequest): Promise<void> {
  const [speechGain, bedGain] = [
    await gainToVoice(request.speech, request),
    request.bed === 'drop' ? 0 : await gainToVoice(request.original, request),
  ]
  const inputs: FfmpegInput[] = [
    { source: request.speech },
    { source: `anoisesrc=color=pink:amplitude=${ROOM_TONE}:seed=7:sample_rate=${BUS_RATE}`, format: 'lavfi' },
  ]
  const stereo = `aformat=sample_fmts=fltp,aresample=${BUS_RATE},aformat=channel_layouts=stereo`
  const chains = [`[0:a:0]${stereo},volume=${speechGain}dB,apad[speech]`, `[1:a:0]${stereo}[room]`]
  if (request.bed !== 'drop') {
    inputs.push({ source: request.original })
    chains.push(`[2:a:0]${stereo},volume=${bedGain}dB,apad[bed]`)
  }
  if (request.bed === 'duck') {
    inputs.push({ source: await writeEnvelope(request) })
    // mono to stereo would cost 3 dB
    chains.push(
      `[3:a:0]aformat=sample_fmts=fltp,aresample=${BUS_RATE},pan=stereo|c0=c0|c1=c0,apad[gain]`,
      '[bed][gain]amultiply[ducked]',
    )
  }
  const bed = { keep: '[bed]', duck: '[ducked]', drop: '' }[request.bed]
  const frames = msToSamples(request.totalMs)
  chains.push(
    `[speech][room]${bed}amix=inputs=${bed ? 3 : 2}:normalize=0:duration=longest,atrim=end_sample=${frames}[mix]`,
  )
  await ffmpeg({
    workDir: request.workDir,
    signal: request.signal,
    inputs,
    graph: chains.join(';'),
    outputs: [{ path: request.outPath, options: ['-map', '[mix]', '-c:a', 'pcm_s16le', '-fflags', '+bitexact'] }],
    totalMs: request.totalMs,
    onProgress: request.onProgress,
  })
}

/** dB that bring it to the voice level; silence stays silence. */
async function gainToVoice(source: string, work: MediaWork): Promise<number> {
  const { integratedLufs } = await measureLoudness(source, { signal: work.signal, workDir: work.workDir })
  return integratedLufs < NEAR_SILENCE_LUFS ? 0 : Number((VOICE_LUFS - integratedLufs).toFixed(2))
}

async function writeEnvelope(request: MixRequest): Promise<string> {
  const file = path.join(request.workDir, 'duck-envelope.wav')
  await writeWav(file, duckEnvelope(request.speechRegions, request.totalMs), ENVELOPE_RATE)
  return file
}
