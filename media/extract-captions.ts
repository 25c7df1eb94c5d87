import path from 'node:path'
import { AppError } from '#core/errors.ts'
import type { CaptionTrack } from '#domain/caption-track.ts'
import { ffmpeg } from './ffmpeg.ts'
import type { MediaWork } from './work.ts'

/** Subtitle codecs that are text; pictures of text (DVD, Blu-ray) are not. */
const TEXT = new Set(['subrip', 'srt', 'ass', 'ssa', 'webvtt', 'mov_text', 'text'])

/** Whether a subtitle track can be read as text. */
export function isTextCaption(codec: string): boolean {
  return TEXT.has(codec)
}

/**
 * Takes text captions out of a file, as WebVTT. They are a help, never a condition: where they cannot be read there are none.
 * @throws AppError CANCELLED, DISK_FULL and others that are not the file's fault
 */
export async function extractCaptions(
  request: MediaWork & { readonly source: string; readonly tracks: readonly CaptionTrack[] },
): Promise<{ path: string; language: string }[]> {
  const { tracks, source, signal, workDir } = request
  if (tracks.length === 0) return []
  const found = tracks.map(({ index, language }) => ({
    index,
    language,
    path: path.join(workDir, `captions-${index}.vtt`),
  }))
  const outputs = found.map((track) => ({ path: track.path, options: ['-map', `0:${track.index}`, '-f', 'webvtt'] }))
  try {
    await ffmpeg({ signal, workDir, inputs: [{ source }], outputs })
  } catch (error) {
    if (error instanceof AppError && (error.code === 'TOOL_FAILED' || error.code === 'BROKEN_MEDIA')) return []
    throw error
  }
  return found.map((track) => ({ path: track.path, language: track.language }))
}
