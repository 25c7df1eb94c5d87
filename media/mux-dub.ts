import { rename, stat } from 'node:fs/promises'
import path from 'node:path'
import { iso639_2, languageName } from '#domain/language.ts'
import { type Container, containerFor } from './container.ts'
import { ffmpeg } from './ffmpeg.ts'
import type { MediaInfo } from './media-info.ts'
import { muxArguments } from './mux-arguments.ts'
import { trackEnds } from './track-ends.ts'
import { readWavFormat } from './wav.ts'
import type { MediaWork } from './work.ts'

export interface MuxRequest extends MediaWork {
  readonly source: string
  readonly info: MediaInfo
  /** the finished mix, as long as the picture */
  readonly dub: string
  /** whether the original sound is kept as second track. Default: true */
  readonly original?: boolean
  /** SRT files of ours */
  readonly subtitles: readonly { readonly path: string; readonly language: string }[]
  readonly title: string
  /** BCP 47 */
  readonly languages: { readonly dub: string; readonly original?: string }
  /** its extension is replaced by that of the container */
  readonly outPath: string
  readonly onProgress?: (ratio: number) => void
}

export interface Muxed {
  readonly path: string
  readonly extension: Container['extension']
  readonly mime: string
  readonly bytes: number
  readonly durationMs: number
  /** end of the dub minus end of the picture (or of the source), ms */
  readonly driftMs: number
}

/**
 * Puts the dub into the film: the picture is copied bit for bit, the dub is the default sound, the original comes second,
 * subtitles are a track. MP4 with the index in front, Matroska where a codec does not fit, M4A when there is no picture.
 * @throws AppError BROKEN_MEDIA; those of core/run.
 */
export async function muxDub(request: MuxRequest): Promise<Muxed> {
  const keepsOriginal = (request.original ?? true) && request.info.audio.length > 0
  const container = containerFor(request.info, keepsOriginal)
  const file = path.join(path.dirname(request.outPath), `${path.parse(request.outPath).name}.${container.extension}`)
  // a killed mux leaves nothing that looks finished
  const partial = `${file}.part`
  await ffmpeg({
    workDir: request.workDir,
    signal: request.signal,
    inputs: [
      { source: request.source, ...(request.info.format === 'avi' ? { options: ['-fflags', '+genpts'] } : {}) },
      { source: request.dub },
      ...request.subtitles.map(({ path: source }) => ({ source, format: 'srt' as const })),
    ],
    outputs: [
      {
        path: partial,
        options: muxArguments({
          container,
          video: request.info.video,
          keepsOriginal,
          title: request.title,
          dub: track(request.languages.dub),
          original: track(request.languages.original),
          subtitles: request.subtitles.map(({ language }) => track(language)),
        }),
      },
    ],
    totalMs: request.info.durationMs,
    onProgress: request.onProgress,
  })
  await rename(partial, file)
  const ends = await trackEnds(file, request.info.durationMs, { workDir: request.workDir, signal: request.signal })
  const picture = ends.videoMs ?? request.info.durationMs
  const heard = Math.min(ends.audioMs, (await lengthOf(request)) + PRIMING_MS)
  return {
    path: file,
    extension: container.extension,
    mime: container.mime,
    bytes: (await stat(file)).size,
    durationMs: Math.round(Math.max(picture, heard)),
    driftMs: Math.round((heard - picture) * 10) / 10,
  }
}

/** AAC fills its last packet up with silence, and starts with one of silence that Matroska shows as time. */
const PRIMING_MS = (1024 * 1000) / 48_000

async function lengthOf({ dub, info }: MuxRequest): Promise<number> {
  const format = await readWavFormat(dub)
  return format ? (format.frames * 1000) / format.sampleRate : info.durationMs
}

/** A track is named in its own language, as menus of players expect. */
function track(tag: string | undefined): { language: string; name: string } {
  return tag === undefined
    ? { language: 'und', name: 'Original' }
    : { language: iso639_2(tag), name: languageName(tag, tag) }
}
