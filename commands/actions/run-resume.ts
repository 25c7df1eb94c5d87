import { z } from 'zod'
import { controlRunById } from '#services/projects/control-run.ts'
import { defineAction } from '../define.ts'

export const runResume = defineAction({
  name: 'run.resume',
  role: 'editor',
  input: z.object({}),
  async run({ target }, ctx) {
    await controlRunById({ ctx, runId: target, verb: 'resume' })
    return undefined
  },
})
