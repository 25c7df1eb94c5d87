import { z } from 'zod'
import { findProject } from '#services/projects/find-project.ts'
import { reopen as reopenProject } from '#services/projects/reopen.ts'
import { defineVerb } from '../define.ts'
import { projectArg } from './project-arg.ts'

export const reopen = defineVerb({
  role: 'editor',
  args: z.object({ project: projectArg }),
  async run({ project }, ctx) {
    const { id: projectId } = await findProject({ ctx, typed: project, threadProjectId: ctx.projectId })
    await reopenProject({ ctx, projectId })
    return { kind: 'thread', projectId }
  },
})
