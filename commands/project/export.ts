import { z } from 'zod'
import { exportProject } from '#services/projects/export-project.ts'
import { findProject } from '#services/projects/find-project.ts'
import { defineVerb } from '../define.ts'
import { projectArg } from './project-arg.ts'

export const exportVerb = defineVerb({
  role: 'viewer',
  args: z.object({ project: projectArg }),
  async run({ project }, ctx) {
    const { id: projectId } = await findProject({ ctx, typed: project, threadProjectId: ctx.projectId })
    await exportProject({ ctx, projectId })
    return { kind: 'thread', projectId }
  },
})
