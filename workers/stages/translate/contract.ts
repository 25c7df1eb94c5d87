import { z } from 'zod'
import { artifactRef } from '#domain/artifact.ts'
import { DAY_MS, HOUR_MS } from '#domain/durations.ts'
import { glossary } from '#domain/glossary.ts'
import { review } from '#domain/review.ts'
import { providerChoice } from '#domain/strategy.ts'
import { defineContract } from '../contract.ts'

/** Translates an approved transcript line by line, with the whole text as context and a length for each line. */
export const translate = defineContract({
  name: 'translate',
  version: 2,
  resource: 'io',
  needs: [],
  timeoutMs: 4 * HOUR_MS,
  retries: 3,
  reuseMs: 30 * DAY_MS,
  providers: ({ provider, strategy, from, to }) => [
    { capability: 'text', provider, strategy, from, to },
    { capability: 'translation', provider, strategy, from, to },
  ],
  input: z.object({
    cues: artifactRef,
    from: z.string(),
    to: z.string(),
    title: z.string().optional(),
    durationMs: z.int().min(1),
    /** what people may listen to while they judge the words */
    media: z.array(artifactRef).default([]),
    glossary: glossary.optional(),
    ...providerChoice,
  }),
  output: z.object({ cues: artifactRef, review }),
})
