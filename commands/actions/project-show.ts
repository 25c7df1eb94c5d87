import { z } from 'zod'
import { projectById } from '#services/projects/find-project.ts'
import { defineAction } from '../define.ts'

/** Opens the thread of a project: of the one that was chosen, or of the button's own. */
export const projectShow = defineAction({
  name: 'project.show',
  role: 'viewer',
  input: z.object({ value: z.string().max(100).optional() }),
  async run({ target, values }, ctx) {
    const { id: projectId } = await projectById(ctx, values.value ?? target)
    return { kind: 'thread', projectId }
  },
})
