import path from 'node:path'
import { z } from 'zod'
import { AppError } from '#core/errors.ts'
import { run } from '#core/run.ts'
import { FOREIGN_INPUT } from './foreign-input.ts'
import { mediaFailure } from './media-failure.ts'
import type { MediaWork } from './work.ts'

const report = z.object({
  packets: z
    .array(
      z.object({
        codec_type: z.string(),
        stream_index: z.int(),
        pts_time: z.coerce.number(),
        duration_time: z.coerce.number().default(0),
      }),
    )
    .default([]),
})

/** Enough for a packet of every track; only this much is read. */
const TAIL_MS = 12_000

/**
 * When the last packet of the picture and of the first sound track ends, ms: what is in the file, not what its header says.
 * `aboutMs`: where the file should end.
 * @throws AppError BROKEN_MEDIA
 */
export async function trackEnds(
  file: string,
  aboutMs: number,
  work: MediaWork,
): Promise<{ videoMs?: number; audioMs: number }> {
  const from = Math.max(0, aboutMs - TAIL_MS) / 1000
  const entries = 'packet=codec_type,stream_index,pts_time,duration_time'
  const args = [
    '-loglevel',
    'error',
    ...FOREIGN_INPUT,
    '-read_intervals',
    `${from}%`,
    '-show_entries',
    entries,
    '-of',
    'json',
    '-i',
    path.resolve(file),
  ]
  const { stdout } = await run('ffprobe', args, { ...work, timeoutMs: 120_000 }).catch((error: unknown) => {
    throw mediaFailure(error)
  })
  const { packets } = report.parse(JSON.parse(stdout))
  const videoMs = lastEnd(packets, 'video')
  const audioMs = lastEnd(packets, 'audio')
  if (audioMs === undefined) throw new AppError('BROKEN_MEDIA', 'the file has no sound at its end')
  return { ...(videoMs === undefined ? {} : { videoMs }), audioMs }
}

function lastEnd(packets: z.output<typeof report>['packets'], kind: string): number | undefined {
  const ofKind = packets.filter((each) => each.codec_type === kind)
  const first = Math.min(...ofKind.map((each) => each.stream_index))
  const ends = ofKind
    .filter((each) => each.stream_index === first)
    .map((each) => (each.pts_time + each.duration_time) * 1000)
  return ends.length === 0 ? undefined : Math.max(...ends)
}
