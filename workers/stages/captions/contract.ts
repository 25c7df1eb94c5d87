import { z } from 'zod'
import { artifactRef } from '#domain/artifact.ts'
import { DAY_MS, MINUTE_MS } from '#domain/durations.ts'
import { defineContract } from '../contract.ts'

/** Writes approved cues in the formats that players and editors read. */
export const captions = defineContract({
  name: 'captions',
  version: 1,
  resource: 'io',
  needs: [],
  timeoutMs: 5 * MINUTE_MS,
  retries: 3,
  reuseMs: 30 * DAY_MS,
  input: z.object({
    cues: artifactRef,
    language: z.string(),
    title: z.string(),
    formats: z.array(z.enum(['json', 'txt', 'srt', 'vtt', 'ass'])).min(1),
  }),
  output: z.object({ files: z.array(artifactRef) }),
})
