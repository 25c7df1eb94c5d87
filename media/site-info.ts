import { z } from 'zod'
import { AppError } from '#core/errors.ts'
import { parseLanguage } from '#domain/language.ts'

const captions = z.record(z.string(), z.array(z.object({ ext: z.string().nullish() }))).nullish()
const size = { filesize: z.number().nullish(), filesize_approx: z.number().nullish() }
const video = z.object({
  ...size,
  title: z.string().nullish(),
  extractor_key: z.string().nullish(),
  language: z.string().nullish(),
  duration: z.number().nullish(),
  is_live: z.boolean().nullish(),
  requested_formats: z.array(z.object({ ...size, language: z.string().nullish() })).nullish(),
  subtitles: captions,
  automatic_captions: captions,
})
const list = z.object({ _type: z.literal('playlist'), entries: z.array(z.unknown()) })

/** What a site tells about one video. */
export interface SiteInfo {
  readonly title?: string
  /** BCP 47 */
  readonly language?: string
  readonly durationMs?: number
  readonly bytes?: number
  readonly live: boolean
  /** how many files make it: picture and sound may come apart */
  readonly files: number
  /** tags of captions that people wrote, and of those that a machine did */
  readonly captions: readonly string[]
  readonly automaticCaptions: readonly string[]
  /** as yt-dlp wants it back */
  readonly json: string
}

/** Reads yt-dlp's info JSON; of a list, the first video. @throws AppError NOT_MEDIA {found} when there is none in it. */
export function readSiteInfo(text: string): SiteInfo {
  const whole: unknown = parseJson(text)
  const listed = list.safeParse(whole)
  const one = listed.success ? listed.data.entries[0] : whole
  const parsed = video.safeParse(one)
  if (!parsed.success)
    throw new AppError('NOT_MEDIA', 'the page has no video', { data: { found: 'HTML' }, cause: parsed.error })
  const { duration, requested_formats: formats } = parsed.data
  const title = plainTitle(parsed.data)
  const language =
    spoken(parsed.data.language) ?? formats?.map((format) => spoken(format.language)).find((each) => each !== undefined)
  const sizes = (formats ?? [parsed.data]).map((part) => part.filesize ?? part.filesize_approx ?? 0)
  const bytes = sizes.reduce((sum, part) => sum + part, 0)
  return {
    ...(title ? { title: title.slice(0, 500) } : {}),
    ...(language === undefined ? {} : { language }),
    ...(duration ? { durationMs: Math.round(duration * 1000) } : {}),
    ...(bytes > 0 ? { bytes } : {}),
    live: parsed.data.is_live === true,
    files: Math.max(1, formats?.length ?? 1),
    captions: readable(parsed.data.subtitles),
    automaticCaptions: readable(parsed.data.automatic_captions),
    json: JSON.stringify(one),
  }
}

/** yt-dlp numbers the players of a page, also the only one: `A talk (1)`. */
function plainTitle({ title, extractor_key: site }: z.output<typeof video>): string | undefined {
  return (/generic|html5/iu.test(site ?? '') ? title?.replace(/ \(1\)$/u, '') : title) ?? undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('NETWORK', 'yt-dlp broke off', { cause })
  }
}

function readable(tracks: z.output<typeof captions>): string[] {
  return Object.entries(tracks ?? {}).flatMap(([tag, files]) =>
    files.some((file) => file.ext === 'vtt' || file.ext === 'srt') ? [tag] : [],
  )
}

function spoken(tag: string | null | undefined): string | undefined {
  if (!tag) return undefined
  try {
    return parseLanguage(tag).tag
  } catch {
    return undefined
  }
}
