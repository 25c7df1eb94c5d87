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
  /** names of other variables that a workspace may set for itself, e.g. an address or a model */
  settable: z.array(z.string()).default([]),
  /** not available: the tools or variables that are missing (values for the reason's words) */
  missing: z.array(z.string()).default([]),
  /** speech: the voices known now */
  voices: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        languages: z.array(z.string()),
        gender: z.enum(['female', 'male']).optional(),
      }),
    )
    .default([]),
  /** BCP 47 tags that it knows; empty: any, or not told */
  languages: z.array(z.string()).default([]),
  /** translation: what can be translated into what; empty: any, or not told */
  pairs: z.array(z.object({ from: z.string(), to: z.string() })).default([]),
  /** the model that is used, and all that there are */
  model: z.string().optional(),
  models: z.array(z.string()).default([]),
  /** US dollars: per 1,000 tokens in and out, per 1,000 characters, per minute; absent: free */
  cost: z
    .object({ tokensIn: z.number(), tokensOut: z.number(), characters: z.number(), minutes: z.number() })
    .partial()
    .optional(),
})
export type CatalogueDetails = z.output<typeof catalogueDetails>
