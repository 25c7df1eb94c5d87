import type { CaptionTrack } from '#domain/caption-track.ts'
import { parseLanguage } from '#domain/language.ts'
import { assertSound, readMediaCaps } from '#media/caps.ts'
import { isTextCaption } from '#media/extract-captions.ts'
import type { MediaInfo } from '#media/media-info.ts'
import { probe as look } from '#media/probe.ts'
import { defineStage } from '../define.ts'
import { probe } from './contract.ts'

export const probeStage = defineStage(probe, {
  async run({ file, language }, ctx) {
    const info = await look(await ctx.artifacts.path(file), ctx, readMediaCaps())
    assertSound(info)
    const [sound] = info.audio
    const spoken = language ?? known(info.language)
    return {
      durationMs: info.durationMs,
      ...(spoken !== undefined && { language: spoken }),
      ...(info.video && {
        picture: { codec: info.video.codec, width: info.video.width, height: info.video.height, fps: info.video.fps },
      }),
      captions: captionTracks(info.subtitles),
      sound: { codec: sound?.codec ?? '', channels: sound?.channels ?? 0, sampleRate: sound?.sampleRate ?? 0 },
    }
  },
})

/** A hundred languages of captions are a hundred files: what is spoken is among the first. */
const MAX_TRACKS = 16

function captionTracks(tracks: MediaInfo['subtitles']): CaptionTrack[] {
  return tracks
    .flatMap(({ index, codec, language, forced }) => {
      const tag = known(language)
      return tag !== undefined && !forced && isTextCaption(codec) ? [{ index, language: tag }] : []
    })
    .slice(0, MAX_TRACKS)
}

/** Files say 'und' and worse: what is no language is not known. */
function known(tag: string | undefined): string | undefined {
  if (tag === undefined) return undefined
  try {
    return parseLanguage(tag).tag
  } catch {
    return undefined
  }
}
