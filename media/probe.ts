import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '#core/errors.ts'
import { run } from '#core/run.ts'
import { sniff } from '#domain/sniff.ts'
import { assertBytes, assertCaps, assertPicture, type MediaCaps, MEDIA_CAPS } from './caps.ts'
import { ffmpeg } from './ffmpeg.ts'
import { FOREIGN_INPUT } from './foreign-input.ts'
import { mediaFailure } from './media-failure.ts'
import type { MediaInfo } from './media-info.ts'
import { isMp4Complete } from './mp4-complete.ts'
import { type ProbeReport, probeReport, toMediaInfo } from './probe-report.ts'
import type { MediaWork } from './work.ts'

const PROBE_MS = 120_000

/**
 * Reads what a file holds, without trusting its name.
 * @throws AppError EMPTY_FILE, NOT_MEDIA {found}, FORBIDDEN_FORMAT {format}, BROKEN_MEDIA, and over `caps` TOO_LARGE, TOO_LONG,
 * TOO_MANY_STREAMS, PICTURE_TOO_LARGE. A file without sound is fine here: see `assertSound`.
 */
export async function probe(file: string, work: MediaWork, caps: MediaCaps = MEDIA_CAPS): Promise<MediaInfo> {
  const { size: bytes } = await stat(file)
  if (bytes === 0) throw new AppError('EMPTY_FILE', 'the file has no bytes')
  assertBytes(bytes, caps)
  await refuseByContent(file, caps)
  const report = await ffprobe(file, work)
  if (report.streams.length === 0) throw new AppError('BROKEN_MEDIA', 'the file holds no stream')
  const info = toMediaInfo(report, bytes)
  assertCaps(info, caps)
  if (!info.video && info.audio.length === 0)
    throw new AppError('NOT_MEDIA', 'neither picture nor sound', { data: { found: info.format } })
  if (info.format.includes('mp4') && !(await isMp4Complete(file, bytes)))
    throw new AppError('BROKEN_MEDIA', 'the file was cut short')
  if (info.durationMs > 0) return info
  // recorders that stream (MediaRecorder, OBS) write no duration
  const measured = { ...info, durationMs: await measureDuration(file, work) }
  if (measured.durationMs === 0) throw new AppError('BROKEN_MEDIA', 'the file ends where it begins')
  assertCaps(measured, caps)
  return measured
}

async function refuseByContent(file: string, caps: MediaCaps): Promise<void> {
  const kind = sniff(await readHead(file))
  if (kind === 'svg' || kind === 'playlist') {
    throw new AppError('FORBIDDEN_FORMAT', 'a file that points to other files', {
      data: { format: kind === 'svg' ? 'SVG' : 'playlist' },
    })
  }
  if (kind === 'picture') await refusePicture(file, caps)
  if (kind === 'html' || kind === 'text' || kind === 'subtitles') {
    throw new AppError('NOT_MEDIA', 'text instead of media', { data: { found: kind === 'html' ? 'HTML' : kind } })
  }
}

async function readHead(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r')
  try {
    const head = Buffer.alloc(4096)
    const { bytesRead } = await handle.read(head, 0, head.length, 0)
    return head.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** sharp reads the header alone; loaded when a picture turns up. */
async function refusePicture(file: string, caps: MediaCaps): Promise<never> {
  const { default: sharp } = await import('sharp')
  const { format, width, height } = await sharp(file, { limitInputPixels: false })
    .metadata()
    .catch((cause: unknown) => {
      throw new AppError('BROKEN_MEDIA', 'a picture that cannot be read', { cause })
    })
  assertPicture({ width, height }, caps)
  throw new AppError('NOT_MEDIA', 'a still picture', { data: { found: format.toUpperCase() } })
}

async function ffprobe(file: string, { signal, workDir }: MediaWork): Promise<ProbeReport> {
  const args = [
    '-hide_banner',
    '-loglevel',
    'error',
    ...FOREIGN_INPUT,
    '-show_format',
    '-show_streams',
    '-of',
    'json',
    '-i',
    path.resolve(file),
  ]
  try {
    const { stdout, stderr } = await run('ffprobe', args, { signal, workDir, timeoutMs: PROBE_MS })
    const size = /picture size (\d+)x(\d+) is invalid/iu.exec(stderr)
    if (size) assertPicture({ width: Number(size[1]), height: Number(size[2]) }, MEDIA_CAPS)
    return probeReport.parse(JSON.parse(stdout))
  } catch (error) {
    const failure = mediaFailure(error)
    if (failure instanceof AppError)
      throw failure.code === 'TOOL_FAILED'
        ? new AppError('BROKEN_MEDIA', 'ffprobe cannot read it', { cause: error })
        : failure
    throw new AppError('BROKEN_MEDIA', 'ffprobe makes no sense of it', { cause: error })
  }
}

async function measureDuration(file: string, work: MediaWork): Promise<number> {
  let ms = 0
  const totalMs = 1e12
  await ffmpeg({
    ...work,
    inputs: [{ source: file }],
    outputs: [{ path: '-', options: ['-map', '0:v?', '-map', '0:a?', '-c', 'copy', '-f', 'null'] }],
    totalMs,
    onProgress: (ratio) => {
      ms = Math.round(ratio * totalMs)
    },
  })
  return ms
}
