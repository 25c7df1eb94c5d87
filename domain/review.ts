import { z } from 'zod'
import { artifactRef } from './artifact.ts'
import { loudness } from './loudness.ts'
import { providerCredit } from './provider-credit.ts'
import { syncSummary } from './sync.ts'

/** What a checkpoint asks a person to judge: any production makes this shape, so the thread view is one. */
export const review = z.object({
  /** BCP 47 tag as typed, e.g. 'pt-BR'; the second half of the post's key */
  target: z.string(),
  /** JSON artifact of a CueList; absent where there is nothing to edit */
  cues: artifactRef.optional(),
  /** the same cues as `.srt`: what people download, change and send back */
  subtitles: artifactRef.optional(),
  /** the source's cues, shown beside the translation */
  sourceCues: artifactRef.optional(),
  /** the first lines, ready to show */
  firstLines: z
    .array(z.object({ line: z.int(), startMs: z.int(), text: z.string(), source: z.string().optional() }))
    .max(8),
  lines: z.int(),
  flagged: z.array(z.object({ line: z.int(), flag: z.string(), text: z.string() })).max(20),
  flaggedCount: z.int(),
  durationMs: z.int().optional(),
  /** players and pictures: a sample or ≤ 60 s preview, a waveform or frame */
  media: z.array(artifactRef),
  /** whole output files, at the final checkpoint */
  outputs: z.array(artifactRef).optional(),
  sync: syncSummary.optional(),
  loudness: loudness.optional(),
  /** made by a local draft engine, and by whom */
  draft: z.boolean(),
  providers: z.array(providerCredit),
})
export type Review = z.output<typeof review>

/** What one target of a production ends with: the `result:<target>` post. */
export const result = z.object({
  target: z.string(),
  files: z.array(artifactRef),
  durationMs: z.int().optional(),
  sync: syncSummary.optional(),
  loudness: loudness.optional(),
  draft: z.boolean(),
  providers: z.array(providerCredit),
})
export type Result = z.output<typeof result>
