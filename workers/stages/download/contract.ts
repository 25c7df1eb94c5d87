import { z } from 'zod'
import { artifactRef } from '#domain/artifact.ts'
import { DAY_MS, HOUR_MS } from '#domain/durations.ts'
import { source } from '#domain/source.ts'
import { defineContract } from '../contract.ts'

/** Brings the source into the store. An upload is there already and passes through. */
export const download = defineContract({
  name: 'download',
  version: 1,
  resource: 'io',
  needs: [],
  timeoutMs: 6 * HOUR_MS,
  retries: 3,
  // what stands behind an address changes: look again after a day
  reuseMs: DAY_MS,
  input: z.object({
    source,
    /** captions wanted in this language, when it is known */
    language: z.string().optional(),
  }),
  output: z.object({
    file: artifactRef,
    title: z.string(),
    language: z.string().optional(),
    captions: z.array(z.object({ file: artifactRef, language: z.string() })),
  }),
})
