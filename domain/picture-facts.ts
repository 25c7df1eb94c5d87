import { z } from 'zod'

/** What is known of a moving picture; absent where there is sound only. */
export const pictureFacts = z.object({ codec: z.string(), width: z.int(), height: z.int(), fps: z.number() })
export type PictureFacts = z.output<typeof pictureFacts>
