export interface AudioStream {
  readonly index: number
  readonly codec: string
  readonly channels: number
  readonly sampleRate: number
  /** BCP 47, where the file says it */
  readonly language?: string
}

export interface VideoStream {
  readonly index: number
  readonly codec: string
  readonly width: number
  readonly height: number
  /** frames per second, average; 0 when the file does not say */
  readonly fps: number
  readonly pixFmt: string
  /** clockwise degrees that a player turns it */
  readonly rotation: number
}

/** What a media file holds. */
export interface MediaInfo {
  /** ffmpeg's names of the container, e.g. 'mov,mp4,m4a,3gp,3g2,mj2' */
  readonly format: string
  /** of the picture where sound and picture end within half a second of each other, else the longer one */
  readonly durationMs: number
  readonly bytes: number
  readonly title?: string
  /** BCP 47 of the first sound track (or the file), where the file says it */
  readonly language?: string
  /** the first moving picture; cover art is none */
  readonly video?: VideoStream
  readonly audio: readonly AudioStream[]
  /** `forced`: only what is said in another language than the rest */
  readonly subtitles: readonly {
    readonly index: number
    readonly codec: string
    readonly forced: boolean
    readonly language?: string
  }[]
  readonly streamCount: number
}
