import path from 'node:path'
import createCommand from 'fluent-ffmpeg'
import { runBuffer } from '#core/run.ts'
import { FOREIGN_INPUT } from './foreign-input.ts'
import { mediaFailure } from './media-failure.ts'
import type { MediaWork } from './work.ts'

export interface FfmpegInput {
  /** a file; or, with `format: 'lavfi'`, a filter graph of ours */
  readonly source: string
  /** a demuxer that is not on the list for foreign files: only for what we made ourselves */
  readonly format?: 'lavfi' | 'srt' | 'image2'
  /** options before `-i`, e.g. `['-ss', '12.5']` */
  readonly options?: readonly string[]
}

export interface FfmpegJob extends MediaWork {
  readonly inputs: readonly FfmpegInput[]
  /** a whole filter graph with labels */
  readonly graph?: string
  /** `path` '-' is stdout */
  readonly outputs: readonly { readonly path: string; readonly options: readonly string[] }[]
  /** `info` for filters that print what they measured */
  readonly level?: 'error' | 'info'
  readonly timeoutMs?: number
  /** with `totalMs`: called with 0–1 as the output grows */
  readonly onProgress?: ((ratio: number) => void) | undefined
  readonly totalMs?: number
}

/**
 * Runs ffmpeg. Every input is opened as a foreign file, unless its `format` says that it is ours.
 * @throws AppError BROKEN_MEDIA, FORBIDDEN_FORMAT, PICTURE_TOO_LARGE; those of core/run.
 */
export async function ffmpeg(job: FfmpegJob): Promise<{ stdout: Buffer; stderr: string }> {
  const { totalMs, onProgress } = job
  const progress = onProgress && totalMs ? ['-progress', 'pipe:2'] : []
  const args = [
    '-hide_banner',
    '-nostdin',
    '-nostats',
    '-loglevel',
    job.level ?? 'error',
    ...progress,
    ...commandArguments(job),
  ]
  try {
    return await runBuffer('ffmpeg', args, {
      signal: job.signal,
      workDir: job.workDir,
      maxOutputBytes: 64 * 1024 * 1024,
      ...(job.timeoutMs === undefined ? {} : { timeoutMs: job.timeoutMs }),
      ...(onProgress && totalMs ? { onLine: (line: string) => report(line, totalMs, onProgress) } : {}),
    })
  } catch (error) {
    throw mediaFailure(error)
  }
}

/** fluent-ffmpeg puts the list in order; it never starts anything. */
function commandArguments(job: FfmpegJob): string[] {
  const command = createCommand()
  for (const input of job.inputs) {
    command.input(input.format === 'lavfi' ? input.source : path.resolve(input.source))
    const ours = input.format === undefined ? FOREIGN_INPUT : ['-f', input.format]
    addOptions((...options) => command.inputOptions(...options), [...ours, ...(input.options ?? [])])
  }
  if (job.graph !== undefined) command.complexFilter(job.graph)
  for (const output of job.outputs) {
    command.output(output.path === '-' ? 'pipe:1' : path.resolve(output.path))
    addOptions((...options) => command.outputOptions(...options), output.options)
  }
  return (command as unknown as { _getArguments(): string[] })._getArguments()
}

/** One option alone would be split at its space (fluent-ffmpeg's own reading); two or more are taken as they are. */
function addOptions(add: (...options: string[]) => unknown, options: readonly string[]): void {
  if (options.length === 1) throw new RangeError('an option list needs at least two words')
  if (options.length > 1) add(...options)
}

function report(line: string, totalMs: number, onProgress: (ratio: number) => void): void {
  const us = /^out_time_us=(\d+)/u.exec(line)?.[1]
  if (us !== undefined) onProgress(Math.min(1, Number(us) / 1000 / totalMs))
}
