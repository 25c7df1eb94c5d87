import { z } from 'zod'

/** What workers publish of one provider for one capability (the `details` of a catalogue row). */
export const catalogueDetails = z.object({
  /** draft quality: labelled as such everywhere */
  draft: z.boolean(),
  local: z.boolean(),
  /** 0–100, higher is better */
  rank: z.object({ quality: z.number(), speed: z.number() }),
  /** names of the keys that it needs, for `/settings keys` */
  secrets: z.array(z.string()).default([]),
  /** speech: the voices known now */
  voices: z
    .array(z.object({ id: z.string(), name: z.string(), languages: z.array(z.string()), gender: z.enum(['female', 'male']).optional() }))
    .default([]),
  /** BCP 47 tags that it knows; empty: any, or not told */
  languages: z.array(z.string()).default([]),
  models: z.array(z.string()).default([]),
})
export type CatalogueDetails = z.output<typeof catalogueDetails>
