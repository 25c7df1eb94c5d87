import type { Egress } from '#core/egress/egress.ts'
import type { MediaCaps } from './caps.ts'
import { downloadDirect } from './download-direct.ts'
import { ytDlp } from './yt-dlp.ts'
import type { MediaWork } from './work.ts'

export interface DownloadProgress {
  /** 0–1; 0 while the size is not known */
  readonly ratio: number
  readonly bytes: number
  readonly bytesPerSecond: number
  readonly etaSeconds?: number
}

export interface DownloadRequest extends MediaWork {
  /** http or https */
  readonly url: string
  readonly egress: Egress
  readonly caps: MediaCaps
  /** BCP 47: captions are wanted in it; else in the language that the site tells */
  readonly language?: string
  /** YTDLP_PATH; default: the one in PATH */
  readonly ytDlpPath?: string
  readonly onProgress?: (progress: DownloadProgress) => void
  /** pause before a broken connection is taken up again; it doubles. Default: 500 */
  readonly retryMs?: number
}

export interface Downloaded {
  readonly path: string
  readonly bytes: number
  /** by the site, else by the address */
  readonly title: string
  /** BCP 47, where the site says it */
  readonly language?: string
  readonly durationMs?: number
  /** of the source itself, in its language */
  readonly captions: readonly { readonly path: string; readonly language: string; readonly automatic: boolean }[]
}

/**
 * Fetches a source: an address of a media file as it is, any page that yt-dlp knows by yt-dlp. Everything goes through the
 * guarded way out. What comes is not looked into beyond its first bytes: see `probe`.
 * @throws AppError DEAD_URL {host, status?}, PRIVATE_ADDRESS {host}, NOT_MEDIA {found}, FORBIDDEN_FORMAT, EMPTY_FILE, TOO_LARGE,
 * TOO_LONG, SOURCE_REFUSED {reason}, NETWORK, TOOL_MISSING; CANCELLED or the signal's reason.
 */
export async function download(request: DownloadRequest): Promise<Downloaded> {
  return (await downloadDirect(request)) ?? ytDlp(request)
}
