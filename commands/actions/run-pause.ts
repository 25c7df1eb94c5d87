import { z } from 'zod'
import { controlRunById } from '#services/projects/control-run.ts'
import { defineAction } from '../define.ts'

export const runPause = defineAction({
  name: 'run.pause',
  role: 'editor',
  input: z.object({}),
  async run({ target }, ctx) {
    await controlRunById({ ctx, runId: target, verb: 'pause' })
    return undefined
  },
})
