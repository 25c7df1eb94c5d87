import { z } from 'zod'
import { reopen } from '#services/projects/reopen.ts'
import { defineAction } from '../define.ts'

const payload = z.object({ target: z.string() }).optional()

/** Opens a finished project again: the last checkpoint of each target, or of one, asks once more. */
export const projectReopen = defineAction({
  name: 'project.reopen',
  role: 'editor',
  input: z.object({}),
  async run({ target, payload: given }, ctx) {
    const branch = payload.safeParse(given ?? undefined).data?.target
    await reopen({ ctx, projectId: target, ...(branch === undefined ? {} : { target: branch }) })
    return undefined
  },
})
