import { z } from 'zod'
import { AppError } from '#core/errors.ts'
import { parseLanguage } from '#domain/language.ts'
import type { AudioStream, MediaInfo, VideoStream } from './media-info.ts'

const tags = z.record(z.string(), z.string()).default({})
const stream = z.object({
  index: z.int(),
  codec_type: z.string().default('unknown'),
  codec_name: z.string().default('unknown'),
  width: z.int().default(0),
  height: z.int().default(0),
  avg_frame_rate: z.string().default('0/0'),
  pix_fmt: z.string().default(''),
  channels: z.int().default(0),
  sample_rate: z.coerce.number().default(0),
  start_time: z.coerce.number().optional(),
  duration: z.coerce.number().optional(),
  tags,
  disposition: z.record(z.string(), z.int()).default({}),
  side_data_list: z.array(z.object({ rotation: z.number().optional() })).default([]),
})
type Stream = z.output<typeof stream>

/** What we read of `ffprobe -show_format -show_streams -of json`. */
export const probeReport = z.object({
  streams: z.array(stream).default([]),
  format: z.object({
    format_name: z.string(),
    duration: z.coerce.number().optional(),
    start_time: z.coerce.number().optional(),
    tags,
  }),
})
export type ProbeReport = z.output<typeof probeReport>

/** ffprobe's report in the studio's words. */
export function toMediaInfo(report: ProbeReport, bytes: number): MediaInfo {
  const picture = report.streams.find((each) => each.codec_type === 'video' && each.disposition['attached_pic'] !== 1)
  const audio = report.streams.filter((each) => each.codec_type === 'audio')
  const title = tag(report.format.tags, 'title')?.trim()
  const language =
    audio.map(languageOf).find((each) => each !== undefined) ?? readLanguage(tag(report.format.tags, 'language'))
  return {
    format: report.format.format_name,
    durationMs: duration(report, picture),
    bytes,
    ...(title ? { title: title.slice(0, 500) } : {}),
    ...(language === undefined ? {} : { language }),
    ...(picture ? { video: toVideo(picture) } : {}),
    audio: audio.map(toAudio),
    subtitles: report.streams
      .filter((each) => each.codec_type === 'subtitle')
      .map((each) => ({
        index: each.index,
        codec: each.codec_name,
        forced: each.disposition['forced'] === 1,
        ...spoken(each),
      })),
    streamCount: report.streams.length,
  }
}

function duration({ format }: ProbeReport, picture: Stream | undefined): number {
  const whole = finite(format.duration)
  const length = finite(picture?.duration) || clock(picture && tag(picture.tags, 'duration'))
  // the picture may start after the file does
  const ends = length > 0 ? length + Math.max(0, finite(picture?.start_time) - finite(format.start_time)) : 0
  return Math.round((ends > 0 && Math.abs(whole - ends) < 0.5 ? ends : whole) * 1000)
}

/** Matroska's `00:01:02.500000000`, in s. */
function clock(text: string | undefined): number {
  const [hours, minutes, seconds] = (text ?? '').split(':').map(Number)
  return finite((hours ?? Number.NaN) * 3600 + (minutes ?? Number.NaN) * 60 + (seconds ?? Number.NaN))
}

function finite(value: number | undefined): number {
  return value !== undefined && Number.isFinite(value) ? value : 0
}

function toVideo(from: Stream): VideoStream {
  const [frames, seconds] = from.avg_frame_rate.split('/').map(Number)
  const rotation = from.side_data_list.find((each) => each.rotation !== undefined)?.rotation ?? 0
  return {
    index: from.index,
    codec: from.codec_name,
    width: from.width,
    height: from.height,
    fps: frames && seconds ? frames / seconds : 0,
    pixFmt: from.pix_fmt,
    // ffprobe counts the other way round
    rotation: ((-rotation % 360) + 360) % 360,
  }
}

function toAudio(from: Stream): AudioStream {
  return {
    index: from.index,
    codec: from.codec_name,
    channels: from.channels,
    sampleRate: from.sample_rate,
    ...spoken(from),
  }
}

function spoken(from: Stream): { language?: string } {
  const language = languageOf(from)
  return language === undefined ? {} : { language }
}

function languageOf(from: Stream): string | undefined {
  return readLanguage(tag(from.tags, 'language'))
}

function readLanguage(text: string | undefined): string | undefined {
  if (!text) return undefined
  try {
    return parseLanguage(text).tag
  } catch (error) {
    // 'und' or somebody's own words: the file does not say
    if (error instanceof AppError) return undefined
    throw error
  }
}

function tag(from: Readonly<Record<string, string>>, name: string): string | undefined {
  const key = Object.keys(from).find((each) => each.toLowerCase() === name)
  return key === undefined ? undefined : from[key]
}
