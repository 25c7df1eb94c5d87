import type { MediaInfo } from './media-info.ts'

export interface Container {
  readonly extension: 'mp4' | 'mkv' | 'm4a'
  readonly mime: string
  /** the subtitle codec that its players read */
  readonly subtitles: 'mov_text' | 'srt'
  /** whether the original sound can be copied into it */
  readonly copiesOriginal: boolean
}

/** What players everywhere read in MP4. Others can be written there by ffmpeg, but are not played. */
const MP4_VIDEO = new Set(['h264', 'hevc', 'av1', 'vp9', 'mpeg4', 'mpeg2video', 'mpeg1video'])
/** What ffmpeg writes into M4A. */
const M4A_AUDIO = new Set(['aac', 'alac', 'ac3'])
const MP4_AUDIO = new Set(['aac', 'mp3', 'ac3', 'eac3', 'alac', 'opus', 'flac'])

/**
 * The container of a dub of `source`: MP4 where its picture (and its sound, when that is kept) can be copied into it, else
 * Matroska; sound alone is M4A, where what cannot be copied is encoded again.
 */
export function containerFor(source: MediaInfo, keepsOriginal: boolean): Container {
  const sound = source.audio[0]?.codec
  const soundFits = sound === undefined || MP4_AUDIO.has(sound)
  if (!source.video)
    return {
      extension: 'm4a',
      mime: 'audio/mp4',
      subtitles: 'mov_text',
      copiesOriginal: sound !== undefined && M4A_AUDIO.has(sound),
    }
  if (MP4_VIDEO.has(source.video.codec) && (soundFits || !keepsOriginal)) {
    return { extension: 'mp4', mime: 'video/mp4', subtitles: 'mov_text', copiesOriginal: true }
  }
  return { extension: 'mkv', mime: 'video/x-matroska', subtitles: 'srt', copiesOriginal: true }
}
