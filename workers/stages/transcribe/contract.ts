import { z } from 'zod'
import { artifactRef } from '#domain/artifact.ts'
import { DAY_MS, HOUR_MS } from '#domain/durations.ts'
import { review } from '#domain/review.ts'
import { providerChoice } from '#domain/strategy.ts'
import { defineContract } from '../contract.ts'

const caption = z.object({ file: artifactRef, language: z.string() })

/** Makes the transcript: one's own file, else captions of the source, else a recogniser. */
export const transcribe = defineContract({
  name: 'transcribe',
  version: 1,
  resource: 'cpu',
  needs: ['ffmpeg'],
  timeoutMs: 12 * HOUR_MS,
  retries: 3,
  reuseMs: 30 * DAY_MS,
  providers: (input) =>
    !input.transcript
      ? [{ capability: 'transcription', ...choiceOf(input), ...languageOf(input.from ?? input.language) }]
      : [],
  input: z.object({
    speech: artifactRef,
    sound: artifactRef,
    durationMs: z.int().min(1),
    /** what a person said the language is */
    from: z.string().optional(),
    /** what the metadata say, when nobody said */
    language: z.string().optional(),
    /** one's own .srt, .vtt or .ass; null: there was one, and a person asked for a recogniser instead */
    transcript: artifactRef.nullish(),
    /** of the page, and those inside the file */
    captions: z.array(caption).default([]),
    embedded: z.array(caption).default([]),
    ...providerChoice,
  }),
  output: z.object({ language: z.string(), cues: artifactRef, review }),
})

function choiceOf(input: {
  provider?: string | undefined
  strategy?: 'quality' | 'speed' | 'cost' | 'reliability' | 'load' | undefined
}) {
  return { provider: input.provider, strategy: input.strategy }
}

function languageOf(language: string | undefined): { language?: string } {
  return language === undefined ? {} : { language }
}
