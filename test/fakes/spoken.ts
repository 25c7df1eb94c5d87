import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const exec = promisify(execFile)

export interface Spoken {
  readonly path: string
  readonly durationMs: number
  readonly startsMs: readonly number[]
}

/** Says `sentences` in English with pauses of `pauseMs` between them: 16 kHz mono WAV, as stages hand to recognisers. */
export async function spokenEnglish(request: {
  sentences: readonly string[]
  pauseMs: number
  dir: string
}): Promise<Spoken> {
  const { sentences, pauseMs, dir } = request
  const inputs: string[] = []
  const startsMs: number[] = []
  let at = pauseMs
  for (const [index, sentence] of sentences.entries()) {
    const file = `${dir}/sentence-${index}.wav`
    await exec('flite', ['-voice', 'slt', '-t', sentence, '-o', file])
    const { stdout } = await exec('ffprobe', [
      '-v',
      'error',
      '-show_entries',
      'format=duration',
      '-of',
      'csv=p=0',
      file,
    ])
    inputs.push('-i', file)
    startsMs.push(at)
    at += Math.round(Number(stdout) * 1000) + pauseMs
  }
  const parts = sentences.map((_, index) => `[${index}]aresample=16000,adelay=${startsMs[index]}:all=1[s${index}]`)
  const mix = `${sentences.map((_, index) => `[s${index}]`).join('')}amix=inputs=${sentences.length}:normalize=0:duration=longest,apad=whole_dur=${at}ms`
  const path = `${dir}/spoken.wav`
  await exec('ffmpeg', [
    '-v',
    'error',
    ...inputs,
    '-filter_complex',
    `${parts.join(';')};${mix}`,
    '-ar',
    '16000',
    '-ac',
    '1',
    '-c:a',
    'pcm_s16le',
    '-y',
    path,
  ])
  return { path, durationMs: at, startsMs }
}
