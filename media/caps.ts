import { z } from 'zod'
import { type EnvSource, readEnv } from '#core/env.ts'
import { AppError } from '#core/errors.ts'
import type { MediaInfo } from './media-info.ts'

/** The largest source that is accepted. */
export interface MediaCaps {
  readonly maxBytes: number
  readonly maxMs: number
  readonly maxStreams: number
  readonly maxWidth: number
  readonly maxHeight: number
}

const GIB = 1024 ** 3
const HOUR_MS = 3_600_000

/** 4 GiB, 5 hours, 64 streams, 8192 × 8192: `MAX_SOURCE_BYTES` and `MAX_SOURCE_HOURS` change the first two. */
export const MEDIA_CAPS: MediaCaps = {
  maxBytes: 4 * GIB,
  maxMs: 5 * HOUR_MS,
  maxStreams: 64,
  maxWidth: 8192,
  maxHeight: 8192,
}

/** Variables that change the caps. */
export const mediaCapsShape = {
  MAX_SOURCE_BYTES: z.coerce
    .number()
    .int()
    .positive()
    .default(MEDIA_CAPS.maxBytes)
    .describe('Largest source in bytes. Default: 4294967296 (4 GiB)'),
  MAX_SOURCE_HOURS: z.coerce.number().positive().default(5).describe('Longest source in hours. Default: 5'),
}

/** The caps of this process. */
export function readMediaCaps(source?: EnvSource): MediaCaps {
  const env = readEnv(mediaCapsShape, source)
  return { ...MEDIA_CAPS, maxBytes: env.MAX_SOURCE_BYTES, maxMs: env.MAX_SOURCE_HOURS * HOUR_MS }
}

/** @throws AppError TOO_LARGE {bytes, maxBytes} */
export function assertBytes(bytes: number, caps: MediaCaps): void {
  if (bytes <= caps.maxBytes) return
  throw new AppError('TOO_LARGE', 'the source has too many bytes', { data: { bytes, maxBytes: caps.maxBytes } })
}

/** @throws AppError PICTURE_TOO_LARGE {width, height, maxWidth, maxHeight} */
export function assertPicture({ width, height }: { width: number; height: number }, caps: MediaCaps): void {
  if (width <= caps.maxWidth && height <= caps.maxHeight) return
  const { maxWidth, maxHeight } = caps
  throw new AppError('PICTURE_TOO_LARGE', 'the picture is too large', { data: { width, height, maxWidth, maxHeight } })
}

/** @throws AppError TOO_LARGE, TOO_LONG {durationMs, maxMs}, TOO_MANY_STREAMS {streams, maxStreams}, PICTURE_TOO_LARGE */
export function assertCaps(info: MediaInfo, caps: MediaCaps): void {
  assertBytes(info.bytes, caps)
  if (info.streamCount > caps.maxStreams) {
    throw new AppError('TOO_MANY_STREAMS', 'the source has too many streams', {
      data: { streams: info.streamCount, maxStreams: caps.maxStreams },
    })
  }
  if (info.video) assertPicture(info.video, caps)
  if (info.durationMs > caps.maxMs) {
    throw new AppError('TOO_LONG', 'the source is too long', {
      data: { durationMs: info.durationMs, maxMs: caps.maxMs },
    })
  }
}

/** @throws AppError NO_SOUND when there is nothing to listen to */
export function assertSound(info: MediaInfo): void {
  if (info.audio.length === 0) throw new AppError('NO_SOUND', 'the source has no sound')
}
