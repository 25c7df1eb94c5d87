import { z } from 'zod'

export const BEDS = ['keep', 'duck', 'drop'] as const
/** What becomes of the original sound under the dub: kept as it is, lowered while someone speaks, or left out. */
export const bed = z.enum(BEDS)
export type Bed = z.output<typeof bed>
