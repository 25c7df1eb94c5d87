import { z } from 'zod'
import { redo } from '#services/checkpoints/redo.ts'
import { defineAction } from '../define.ts'

export const checkpointRedo = defineAction({
  name: 'checkpoint.redo',
  role: 'editor',
  input: z.object({ value: z.string().max(300).default('again') }),
  async run({ target, version, values }, ctx) {
    await redo({ ctx, stepId: target, revision: version, choice: values.value })
    return undefined
  },
})
