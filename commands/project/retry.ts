import { z } from 'zod'
import { findProject } from '#services/projects/find-project.ts'
import { retryProject } from '#services/projects/retry.ts'
import { defineVerb } from '../define.ts'
import { projectArg } from './project-arg.ts'

export const retry = defineVerb({
  role: 'editor',
  args: z.object({ project: projectArg }),
  async run({ project }, ctx) {
    const { id: projectId } = await findProject({ ctx, typed: project, threadProjectId: ctx.projectId })
    await retryProject({ ctx, projectId })
    return { kind: 'thread', projectId }
  },
})
