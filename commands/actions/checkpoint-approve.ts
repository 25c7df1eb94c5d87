import { z } from 'zod'
import { approve } from '#services/checkpoints/approve.ts'
import { defineAction } from '../define.ts'

export const checkpointApprove = defineAction({
  name: 'checkpoint.approve',
  role: 'editor',
  input: z.object({}),
  async run({ target, version }, ctx) {
    await approve({ ctx, stepId: target, revision: version })
    return undefined
  },
})
