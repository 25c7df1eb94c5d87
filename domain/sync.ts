import { z } from 'zod'

/** How one dubbed line sits against its original (DESIGN 8). All times in ms; measured on the produced audio. */
export const syncLine = z.object({
  index: z.int().min(0),
  /** where the original line starts and ends */
  startMs: z.int(),
  endMs: z.int(),
  /** where the dubbed line was placed, and how long it is after fitting */
  placedMs: z.int(),
  durationMs: z.int(),
  /** placed − original start: 0 unless late */
  startErrorMs: z.int(),
  /** 1 = as voiced; ≤ 1.30 */
  tempo: z.number(),
  /** silence left until the next line; negative never happens */
  slackMs: z.int(),
  /** overlap with the line before: always 0, reported so that it can be checked */
  overlapMs: z.int(),
  rewritten: z.boolean(),
  late: z.boolean(),
  cut: z.boolean(),
  voiced: z.boolean(),
})
export type SyncLine = z.output<typeof syncLine>

export const syncSummary = z.object({
  lines: z.int(),
  onTime: z.int(),
  late: z.int(),
  cut: z.int(),
  unvoiced: z.int(),
  rewritten: z.int(),
  maxStartErrorMs: z.int(),
  medianTempo: z.number(),
  maxTempo: z.number(),
  /** end of the produced sound minus end of the source, ms */
  driftMs: z.number(),
})
export type SyncSummary = z.output<typeof syncSummary>
