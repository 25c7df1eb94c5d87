import { z } from 'zod'
import { decideRevision } from '#services/checkpoints/decide-revision.ts'
import { defineAction } from '../define.ts'

export const revisionDiscard = defineAction({
  name: 'revision.discard',
  role: 'editor',
  input: z.object({}),
  async run({ target }, ctx) {
    await decideRevision({ ctx, revisionId: target, decision: 'discard' })
    return undefined
  },
})
