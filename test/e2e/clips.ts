import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'

const exec = promisify(execFile)

export const LINES = [
  'The morning train leaves at seven.',
  'Bring a warm coat and some bread.',
  'We will walk along the river.',
] as const

/** Three spoken English lines, 4 s apart, over soft music and a moving picture: 13 s, 320×180, H.264/AAC. */
export async function spokenClip(dir: string, name = 'clip.mp4'): Promise<string> {
  const waves = await Promise.all(
    LINES.map(async (text, index) => {
      const wave = path.join(dir, `line-${index}.wav`)
      await exec('flite', ['-voice', 'slt', '-t', text, '-o', wave])
      return wave
    }),
  )
  const file = path.join(dir, name)
  const delays = waves.map((_, index) => `[${index + 1}:a]adelay=${500 + index * 4000}:all=1[s${index}]`).join(';')
  const mix = waves.map((_, index) => `[s${index}]`).join('')
  await exec('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-f',
    'lavfi',
    '-i',
    'testsrc2=s=320x180:r=25:d=13',
    ...waves.flatMap((wave) => ['-i', wave]),
    '-f',
    'lavfi',
    '-i',
    'sine=f=220:d=13',
    '-filter_complex',
    `${delays};[${waves.length + 1}:a]volume=0.02[m];${mix}[m]amix=inputs=${waves.length + 1}:normalize=0:duration=longest,aresample=48000,apad=whole_dur=13[a]`,
    '-map',
    '0:v',
    '-map',
    '[a]',
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-g',
    '50',
    '-pix_fmt',
    'yuv420p',
    '-c:a',
    'aac',
    '-t',
    '13',
    '-metadata:s:a:0',
    'language=eng',
    file,
  ])
  return file
}

/** The transcript of `spokenClip`, as a person would bring it. */
export function clipTranscript(): string {
  return LINES.map(
    (text, index) => `${index + 1}\n00:00:${pad(index * 4)},500 --> 00:00:${pad(index * 4 + 2)},700\n${text}\n`,
  ).join('\n')
}

function pad(seconds: number): string {
  return String(seconds).padStart(2, '0')
}

/** ffprobe's view of a file. */
export async function facts(file: string): Promise<{
  format: { duration: string; tags?: Record<string, string> }
  streams: {
    codec_type: string
    codec_name: string
    duration?: string
    tags?: Record<string, string>
    disposition: Record<string, number>
    sample_rate?: string
    channels?: number
  }[]
}> {
  const { stdout } = await exec('ffprobe', [
    '-v',
    'error',
    '-print_format',
    'json',
    '-show_format',
    '-show_streams',
    file,
  ])
  return JSON.parse(stdout) as Awaited<ReturnType<typeof facts>>
}

/** MD5 of the picture stream's packets: equal before and after when it was copied bit for bit. */
export async function pictureHash(file: string): Promise<string> {
  const { stdout } = await exec('ffmpeg', [
    '-v',
    'error',
    '-i',
    file,
    '-map',
    '0:v:0',
    '-c',
    'copy',
    '-f',
    'streamhash',
    '-hash',
    'md5',
    '-',
  ])
  return stdout.trim()
}

/** Integrated loudness (LUFS) and true peak (dBTP) of the first audio track. */
export async function loudness(file: string): Promise<{ integrated: number; truePeak: number }> {
  const { stderr } = await exec('ffmpeg', [
    '-nostats',
    '-i',
    file,
    '-map',
    '0:a:0',
    '-af',
    'ebur128=peak=true',
    '-f',
    'null',
    '-',
  ])
  const summary = stderr.slice(stderr.lastIndexOf('Summary:'))
  return {
    integrated: Number(/I:\s+(-?[\d.]+) LUFS/.exec(summary)?.[1]),
    truePeak: Number(/Peak:\s+(-?[\d.]+) dBFS/.exec(summary)?.[1]),
  }
}
