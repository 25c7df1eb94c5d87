import { z } from 'zod'
import { editLine } from '#services/checkpoints/edit-line.ts'
import { defineAction } from '../define.ts'

export const checkpointEditLine = defineAction({
  name: 'checkpoint.edit-line',
  role: 'editor',
  input: z.object({ line: z.coerce.number().int().min(1), text: z.string().max(20_000) }),
  async run({ target, version, values }, ctx) {
    await editLine({ ctx, stepId: target, revision: version, line: values.line, text: values.text })
    return undefined
  },
})
