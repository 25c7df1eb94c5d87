import { z } from 'zod'
import { artifactRef } from '#domain/artifact.ts'
import { source } from '#domain/source.ts'
import { STRATEGIES } from '#domain/strategy.ts'

/** What every production that starts from someone's speech can be told. Languages are BCP 47 tags as typed. */
export const productionInput = z.object({
  source,
  /** language of the source; absent: read from the metadata, else asked */
  from: z.string().optional(),
  /** one's own .srt, .vtt or .ass instead of recognition */
  transcript: artifactRef.optional(),
  /** providers by name */
  transcription: z.string().optional(),
  translation: z.string().optional(),
  speech: z.string().optional(),
  /** how providers are chosen where none is named */
  strategy: z.enum(STRATEGIES).optional(),
  /** which checkpoints wait for a person */
  review: z.object({ transcript: z.boolean(), translation: z.boolean(), final: z.boolean() }),
})
