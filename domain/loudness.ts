import { z } from 'zod'

/** EBU R128: integrated loudness in LUFS, true peak in dBTP. */
export const loudness = z.object({ integratedLufs: z.number(), truePeakDbtp: z.number() })
export type Loudness = z.output<typeof loudness>
