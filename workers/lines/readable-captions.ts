import type { CueList } from '#domain/cue.ts'
import { layoutCaptions } from '#domain/caption-layout.ts'
import type { SubtitleFormat } from '#domain/subtitles/format.ts'

/** The cues as a format's readers want them: captions in lines of readable length, transcripts (json, txt) as they are. */
export function readableCaptions(list: CueList, format: SubtitleFormat): CueList {
  return format === 'json' || format === 'txt' ? list : { ...list, cues: layoutCaptions(list.cues) }
}
