import { z } from 'zod'
import { reject } from '#services/checkpoints/reject.ts'
import { defineAction } from '../define.ts'

export const checkpointReject = defineAction({
  name: 'checkpoint.reject',
  role: 'editor',
  input: z.object({}),
  async run({ target, version }, ctx) {
    await reject({ ctx, stepId: target, revision: version })
    return undefined
  },
})
