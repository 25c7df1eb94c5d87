import { z } from 'zod'

/** One timed line. Times are integer milliseconds from the start of the file; `endMs` > `startMs`. */
export const cue = z.object({
  startMs: z.int().min(0),
  endMs: z.int().min(1),
  text: z.string(),
  speaker: z.string().optional(),
  /** What a person should look at: words keys under `flags.`. */
  flags: z.array(z.enum(['uncertain', 'untranslated', 'term', 'unvoiced', 'late', 'cut'])).optional(),
})
export type Cue = z.output<typeof cue>
export type CueFlag = NonNullable<Cue['flags']>[number]

/** A transcript, a translation or captions: cues in one language, in order of time, without overlap. */
export const cueList = z.object({ language: z.string(), cues: z.array(cue) })
export type CueList = z.output<typeof cueList>
