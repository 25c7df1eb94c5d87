import path from 'node:path'
import type { ArtifactRef } from '#domain/artifact.ts'
import type { StageContext } from '../stages/define.ts'

/** Stores a caption file that came with a source. */
export async function keepCaptions(
  ctx: StageContext,
  track: { readonly path: string; readonly language: string },
): Promise<{ file: ArtifactRef; language: string }> {
  const { language } = track
  const name = path.basename(track.path)
  const file = await ctx.artifacts.save({ path: track.path, kind: 'subtitles', mime: 'text/vtt', name, language })
  return { file, language }
}
