import { z } from 'zod'

/** Who made a part of a production, as reviews and results tell it. */
export const providerCredit = z.object({
  capability: z.string(),
  provider: z.string(),
  model: z.string().optional(),
  voice: z.string().optional(),
})
export type ProviderCredit = z.output<typeof providerCredit>
