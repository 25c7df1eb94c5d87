import { z } from 'zod'

/** How far a step is. `note` is a words key under `progress.` with its values, e.g. MB/s. */
export const progress = z.object({
  ratio: z.number().min(0).max(1),
  note: z.object({ key: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) }).optional(),
  etaSeconds: z.number().min(0).optional(),
})
export type Progress = z.output<typeof progress>
