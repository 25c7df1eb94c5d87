import { z } from 'zod'
import { artifactRef } from './artifact.ts'

/** What a production starts from: an address, or a file that was uploaded before the command was accepted. */
export const source = z.union([z.object({ url: z.url({ protocol: /^https?$/ }) }), z.object({ artifact: artifactRef })])
export type Source = z.output<typeof source>
