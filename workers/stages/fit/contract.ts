import { z } from 'zod'
import { artifactRef } from '#domain/artifact.ts'
import { dubbedLine } from '#domain/dubbed-line.ts'
import { DAY_MS, HOUR_MS } from '#domain/durations.ts'
import { syncSummary } from '#domain/sync.ts'
import { defineContract } from '../contract.ts'

/** Fits the voiced lines into the time of the originals, by the ladder of domain/fit, and lays them on one track. */
export const fit = defineContract({
  name: 'fit',
  version: 1,
  resource: 'cpu',
  needs: ['ffmpeg'],
  timeoutMs: 6 * HOUR_MS,
  retries: 3,
  reuseMs: 30 * DAY_MS,
  providers: ({ provider, language, rewrite }) => [
    { capability: 'speech', provider, language },
    ...(rewrite ? [{ capability: 'text' as const, to: language }] : []),
  ],
  input: z.object({
    /** what was approved */
    cues: artifactRef,
    /** what the machine proposed: a line that differs is a person's words and is never rewritten */
    proposed: artifactRef,
    lines: z.array(dubbedLine),
    language: z.string(),
    provider: z.string(),
    voice: z.string(),
    /** length of the source */
    durationMs: z.int().min(1),
    /** whether lines that are too long may be reworded */
    rewrite: z.boolean(),
  }),
  output: z.object({
    /** WAV, 48 kHz, exactly as long as the source */
    speech: artifactRef,
    /** the words that are spoken, with the times of the originals: what a person edits */
    cues: artifactRef,
    /** the words that are spoken, with the times at which they are heard: what captions show */
    captions: artifactRef,
    /** SyncReport as JSON and as CSV */
    report: artifactRef,
    table: artifactRef,
    sync: syncSummary,
  }),
})
