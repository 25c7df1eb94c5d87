import { z } from 'zod'
import { artifactRef } from './artifact.ts'

/** One voiced line, silence trimmed. Times in ms, measured on the file. */
export const dubbedLine = z.object({
  /** position in the cue list */
  index: z.int().min(0),
  /** absent: the line could not be voiced and is flagged */
  file: artifactRef.optional(),
  durationMs: z.int().min(0),
  /** where each word ends inside the file, when the provider told */
  wordEndsMs: z.array(z.int().min(0)).optional(),
})
export type DubbedLine = z.output<typeof dubbedLine>
