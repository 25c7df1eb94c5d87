import { z } from 'zod'
import { artifactRef } from '#domain/artifact.ts'
import { DAY_MS, MINUTE_MS } from '#domain/durations.ts'
import { result, review } from '#domain/review.ts'
import { defineContract } from '../contract.ts'

/** Ends one target: the approved review becomes the result that the thread shows. */
export const finish = defineContract({
  name: 'finish',
  version: 1,
  resource: 'io',
  needs: [],
  timeoutMs: MINUTE_MS,
  retries: 3,
  reuseMs: 30 * DAY_MS,
  input: z.object({
    review,
    /** what was made after the review; absent: the review's own outputs */
    files: z.array(artifactRef).optional(),
    durationMs: z.int().min(1),
  }),
  output: result,
})
