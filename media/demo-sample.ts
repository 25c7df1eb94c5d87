import path from 'node:path'
import { run } from '#core/run.ts'
import { drawScene, SCENE, type SceneLayer } from './demo-scene.ts'
import { demoMusic } from './demo-music.ts'
import { DEMO_STORY } from './demo-story.ts'
import { ffmpeg, type FfmpegInput } from './ffmpeg.ts'
import { measureLoudness } from './measure-loudness.ts'
import { BUS_RATE } from './pcm.ts'
import { placeLines, type PlacedLine } from './place-lines.ts'
import { trimSilence } from './trim-silence.ts'
import { writeWav } from './wav.ts'
import type { MediaWork } from './work.ts'

export interface DemoRequest extends MediaWork {
  /** .mp4 */
  readonly outPath: string
  readonly onProgress?: (ratio: number) => void
}

export interface DemoSample {
  readonly title: string
  readonly language: string
  readonly durationMs: number
  /** what is said, and when */
  readonly sentences: readonly { readonly startMs: number; readonly endMs: number; readonly text: string }[]
}

const LEAD_MS = 2000
const PAUSE_MS = 1150
const TAIL_MS = 2500
const SPEECH_LUFS = -17
/** the music lies this much below the speech, dB */
const MUSIC_BELOW = 22
const VOICE = 'rms'
const FRAME_MS = 1000 / SCENE.fps

/**
 * Makes a sample to dub: a minute at most of an English voice over quiet music, with a moving picture (720p, H.264 and AAC,
 * title and language tagged). The same tools make the same bytes.
 * @throws AppError TOOL_MISSING {command: 'flite'}
 */
export async function demoSample(request: DemoRequest): Promise<DemoSample> {
  const { workDir, signal } = request
  const work = { workDir, signal }
  const lines = await speak(work)
  const last = lines.at(-1)
  // whole frames: picture and sound end together
  const durationMs = Math.ceil(((last ? last.atMs + last.durationMs : 0) + TAIL_MS) / FRAME_MS) * FRAME_MS
  const [speech, music] = [path.join(workDir, 'demo-speech.wav'), path.join(workDir, 'demo-music.wav')]
  await placeLines({ ...work, lines, totalMs: durationMs, outPath: speech })
  await writeWav(music, demoMusic(durationMs), BUS_RATE)
  const speechDb = SPEECH_LUFS - (await measureLoudness(speech, work)).integratedLufs
  const musicDb = SPEECH_LUFS - MUSIC_BELOW - (await measureLoudness(music, work)).integratedLufs
  const picture = await renderLoop(work, await drawScene(workDir))
  await join(request, { picture, speech, music, speechDb, musicDb, durationMs })
  const { title, language, sentences } = DEMO_STORY
  return {
    title,
    language,
    durationMs,
    sentences: lines.map((line, index) => ({
      startMs: line.atMs,
      endMs: line.atMs + line.durationMs,
      text: sentences[index] ?? '',
    })),
  }
}

async function speak(work: MediaWork): Promise<PlacedLine[]> {
  const lines: PlacedLine[] = []
  let atMs = LEAD_MS
  for (const [index, text] of DEMO_STORY.sentences.entries()) {
    const raw = path.join(work.workDir, `demo-raw-${index}.wav`)
    const file = path.join(work.workDir, `demo-line-${index}.wav`)
    await run('flite', ['-voice', VOICE, '-t', text, '-o', raw], { ...work, timeoutMs: 60_000 })
    const { durationMs } = await trimSilence({ ...work, path: raw, outPath: file })
    lines.push({ path: file, atMs, durationMs })
    atMs += durationMs + PAUSE_MS
  }
  return lines
}

/** One turn of the scene. No picture refers to a later one, so that copies of it can be cut anywhere. */
async function renderLoop(work: MediaWork, layers: readonly SceneLayer[]): Promise<string> {
  const inputs: FfmpegInput[] = layers.map(({ path: source }) => ({
    source,
    format: 'image2',
    options: ['-framerate', String(SCENE.fps)],
  }))
  const graph = [
    ...layers.map(
      (_, index) =>
        `[${index}:v]loop=loop=-1:size=1,setpts=N/${SCENE.fps}/TB,format=${index === 0 ? 'yuv420p' : 'yuva420p'}[p${index}]`,
    ),
    ...layers
      .slice(1)
      .map(
        ({ x, y }, index) =>
          `[${index === 0 ? 'p0' : `o${index}`}][p${index + 1}]overlay=x='${x}':y='${y}':eval=frame:format=yuv420[o${index + 1}]`,
      ),
  ].join(';')
  const file = path.join(work.workDir, 'demo-loop.mp4')
  const options = [
    ...[
      '-map',
      `[o${layers.length - 1}]`,
      '-c:v',
      'libx264',
      '-preset',
      'veryfast',
      '-bf',
      '0',
      '-crf',
      '22',
      '-g',
      '50',
      '-pix_fmt',
      'yuv420p',
    ],
    // the number of threads changes what x264 writes
    ...['-threads:v', '4', '-t', String(SCENE.loopS), '-fflags', '+bitexact', '-flags:v', '+bitexact', '-f', 'mp4'],
  ]
  await ffmpeg({ ...work, inputs, graph, outputs: [{ path: file, options }] })
  return file
}

interface Parts {
  readonly picture: string
  readonly speech: string
  readonly music: string
  readonly speechDb: number
  readonly musicDb: number
  readonly durationMs: number
}

/** The loop is copied for as long as the sound lasts: a fifth of the work of encoding it all. */
async function join(request: DemoRequest, parts: Parts): Promise<void> {
  const stereo = 'aformat=sample_fmts=fltp:channel_layouts=stereo'
  const graph = [
    `[1:a]${stereo},volume=${parts.speechDb.toFixed(2)}dB[speech]`,
    `[2:a]${stereo},volume=${parts.musicDb.toFixed(2)}dB[music]`,
    '[speech][music]amix=inputs=2:normalize=0:duration=first[sound]',
  ].join(';')
  const options = [
    ...['-map', '0:v', '-c:v', 'copy', '-map', '[sound]', '-c:a', 'aac', '-b:a', '160k', '-ar', '48000'],
    ...[
      '-metadata',
      `title=${DEMO_STORY.title}`,
      '-metadata:s:a:0',
      'language=eng',
      '-t',
      String(parts.durationMs / 1000),
    ],
    ...['-movflags', '+faststart', '-fflags', '+bitexact', '-f', 'mp4'],
  ]
  await ffmpeg({
    workDir: request.workDir,
    signal: request.signal,
    inputs: [
      { source: parts.picture, options: ['-stream_loop', '-1'] },
      { source: parts.speech },
      { source: parts.music },
    ],
    graph,
    outputs: [{ path: request.outPath, options }],
    totalMs: parts.durationMs,
    onProgress: request.onProgress,
  })
}
