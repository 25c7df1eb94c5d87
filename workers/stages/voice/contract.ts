import { z } from 'zod'
import { artifactRef } from '#domain/artifact.ts'
import { dubbedLine } from '#domain/dubbed-line.ts'
import { DAY_MS, HOUR_MS } from '#domain/durations.ts'
import { providerCredit } from '#domain/provider-credit.ts'
import { providerChoice } from '#domain/strategy.ts'
import { defineContract } from '../contract.ts'

/** Speaks every line of an approved translation. Each line is kept by its text and voice: an edited line alone is spoken again. */
export const voice = defineContract({
  name: 'voice',
  version: 1,
  resource: 'cpu',
  needs: ['ffmpeg'],
  timeoutMs: 6 * HOUR_MS,
  retries: 3,
  reuseMs: 30 * DAY_MS,
  providers: ({ provider, strategy, language }) => [{ capability: 'speech', provider, strategy, language }],
  input: z.object({
    cues: artifactRef,
    language: z.string(),
    /** a voice id of the provider; absent: its first voice that speaks the language */
    voice: z.string().optional(),
    ...providerChoice,
  }),
  output: z.object({
    lines: z.array(dubbedLine),
    provider: z.string(),
    voice: z.string(),
    draft: z.boolean(),
    credits: z.array(providerCredit),
  }),
})
