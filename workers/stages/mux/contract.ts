import { z } from 'zod'
import { artifactRef } from '#domain/artifact.ts'
import { DAY_MS, HOUR_MS } from '#domain/durations.ts'
import { loudness } from '#domain/loudness.ts'
import { providerCredit } from '#domain/provider-credit.ts'
import { review } from '#domain/review.ts'
import { syncSummary } from '#domain/sync.ts'
import { defineContract } from '../contract.ts'

/** Puts the picture, untouched, together with the dub, the original sound and the captions; makes what a person judges. */
export const mux = defineContract({
  name: 'mux',
  version: 1,
  resource: 'cpu',
  needs: ['ffmpeg'],
  timeoutMs: 3 * HOUR_MS,
  retries: 3,
  reuseMs: 30 * DAY_MS,
  input: z.object({
    source: artifactRef,
    dub: artifactRef,
    /** what is spoken, with the times of the originals */
    cues: artifactRef,
    sourceCues: artifactRef,
    /** what is spoken, with the times at which it is heard */
    captions: artifactRef,
    report: artifactRef,
    table: artifactRef,
    sync: syncSummary,
    loudness: loudness.optional(),
    title: z.string(),
    from: z.string(),
    to: z.string(),
    durationMs: z.int().min(1),
    /** of the transcript, the translation and the voice */
    drafts: z.array(z.boolean()),
    credits: z.array(z.array(providerCredit)),
  }),
  output: z.object({ file: artifactRef, review }),
})
