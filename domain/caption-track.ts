import { z } from 'zod'

/** A text caption track inside a media file: its position among the streams, and its language (BCP 47). */
export const captionTrack = z.object({ index: z.int().min(0), language: z.string() })
export type CaptionTrack = z.output<typeof captionTrack>
