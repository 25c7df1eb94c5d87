import { z } from 'zod'
import { projectById } from '#services/projects/find-project.ts'
import { defineAction } from '../define.ts'

/** Opens the thread of a project that was chosen from a list. */
export const projectShow = defineAction({
  name: 'project.show',
  role: 'viewer',
  input: z.object({ value: z.string().max(100) }),
  async run({ values }, ctx) {
    const { id: projectId } = await projectById(ctx, values.value)
    return { kind: 'thread', projectId }
  },
})
