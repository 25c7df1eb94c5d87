import { z } from 'zod'
import { retryWithTranscript } from '#services/projects/retry.ts'
import { defineAction } from '../define.ts'

/** One's own transcript in place of a recognition that failed. */
export const stepUpload = defineAction({
  name: 'step.upload',
  role: 'editor',
  input: z.object({ from: z.string().max(60).optional() }),
  async run({ target, values, files }, ctx) {
    await retryWithTranscript({ ctx, stepId: target, files, from: values.from })
    return undefined
  },
})
