import { z } from 'zod'
import { decideRevision } from '#services/checkpoints/decide-revision.ts'
import { defineAction } from '../define.ts'

export const revisionApply = defineAction({
  name: 'revision.apply',
  role: 'editor',
  input: z.object({}),
  async run({ target }, ctx) {
    await decideRevision({ ctx, revisionId: target, decision: 'apply' })
    return undefined
  },
})
