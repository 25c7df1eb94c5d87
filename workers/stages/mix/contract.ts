import { z } from 'zod'
import { artifactRef } from '#domain/artifact.ts'
import { bed } from '#domain/bed.ts'
import { DAY_MS, HOUR_MS } from '#domain/durations.ts'
import { loudness } from '#domain/loudness.ts'
import { defineContract } from '../contract.ts'

/** Lays the dub over the original bed and brings both to −14 LUFS. */
export const mix = defineContract({
  name: 'mix',
  version: 1,
  resource: 'cpu',
  needs: ['ffmpeg'],
  timeoutMs: 4 * HOUR_MS,
  retries: 3,
  reuseMs: 30 * DAY_MS,
  input: z.object({
    original: artifactRef,
    speech: artifactRef,
    /** SyncReport: where the dub speaks */
    report: artifactRef,
    bed,
    durationMs: z.int().min(1),
  }),
  output: z.object({
    audio: artifactRef,
    loudness: loudness.optional(),
  }),
})
