import { z } from 'zod'
import { deleteProject } from '#services/projects/delete-project.ts'
import { projectById } from '#services/projects/find-project.ts'
import { defineAction } from '../define.ts'

const payload = z.object({ projectId: z.string() })

/** The confirmed deletion of a project. */
export const projectDeleteNow = defineAction({
  name: 'project.delete-now',
  role: 'admin',
  input: z.object({}),
  async run({ payload: given }, ctx) {
    const { projectId } = payload.parse(given)
    const { number } = await projectById(ctx, projectId)
    await deleteProject({ ctx, projectId })
    return { kind: 'card', card: { text: ctx.t('actions.deleted', { number }), tone: 'done' } }
  },
})
