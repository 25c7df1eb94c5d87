import { z } from 'zod'
import { artifactRef } from '#domain/artifact.ts'
import { captionTrack } from '#domain/caption-track.ts'
import { DAY_MS, MINUTE_MS } from '#domain/durations.ts'
import { pictureFacts } from '#domain/picture-facts.ts'
import { defineContract } from '../contract.ts'

/** Looks at a foreign file before anything else touches it: caps, sound, duration, language. */
export const probe = defineContract({
  name: 'probe',
  version: 1,
  resource: 'io',
  needs: ['ffprobe'],
  timeoutMs: 5 * MINUTE_MS,
  retries: 3,
  reuseMs: 30 * DAY_MS,
  input: z.object({
    file: artifactRef,
    /** what the page said, if anything: wins over the file's own tags */
    language: z.string().optional(),
  }),
  output: z.object({
    durationMs: z.int().min(1),
    language: z.string().optional(),
    picture: pictureFacts.optional(),
    /** text captions that the file brings along, in languages that it names */
    captions: z.array(captionTrack).max(16),
    sound: z.object({ codec: z.string(), channels: z.int(), sampleRate: z.int() }),
  }),
})
