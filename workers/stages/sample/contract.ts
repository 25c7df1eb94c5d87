import { z } from 'zod'
import { DAY_MS, MINUTE_MS } from '#domain/durations.ts'
import { review } from '#domain/review.ts'
import { providerChoice } from '#domain/strategy.ts'
import { defineContract } from '../contract.ts'

/** Lets people hear a voice before they choose it. */
export const sample = defineContract({
  name: 'sample',
  version: 1,
  resource: 'cpu',
  needs: ['ffmpeg'],
  timeoutMs: 5 * MINUTE_MS,
  retries: 3,
  reuseMs: 30 * DAY_MS,
  providers: ({ provider, strategy, language }) => [{ capability: 'speech', provider, strategy, language }],
  input: z.object({
    language: z.string(),
    voice: z.string().optional(),
    /** absent: a greeting in the language */
    text: z.string().max(500).optional(),
    ...providerChoice,
  }),
  output: z.object({ durationMs: z.int().min(1), review }),
})
