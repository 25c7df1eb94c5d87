import type { ArtifactRef } from '#domain/artifact.ts'
import type { CueList } from '#domain/cue.ts'
import { formatJson } from '#domain/subtitles/json.ts'
import { formatSubtitles, SUBTITLE_MIMES, type SubtitleFormat } from '#domain/subtitles/format.ts'
import type { StageContext } from '../stages/define.ts'

/** Stores cues as the JSON that steps read and the .srt that people edit. `name`: of the files, without their ends. */
export async function saveCues(
  ctx: StageContext,
  name: string,
  list: CueList,
): Promise<{ cues: ArtifactRef; subtitles: ArtifactRef }> {
  const { language } = list
  const cues = await ctx.artifacts.saveText({
    text: formatJson(list),
    kind: 'cues',
    mime: 'application/json',
    name: `${name}.${language}.json`,
    language,
  })
  return { cues, subtitles: await saveSubtitles(ctx, `${name}.${language}`, 'srt', list) }
}

/** Stores cues in one format. `name`: without the format's ending. */
export async function saveSubtitles(
  ctx: StageContext,
  name: string,
  format: SubtitleFormat,
  list: CueList,
): Promise<ArtifactRef> {
  return ctx.artifacts.saveText({
    text: formatSubtitles(format, list),
    kind: 'subtitles',
    mime: SUBTITLE_MIMES[format],
    name: `${name}.${format}`,
    language: list.language,
  })
}
