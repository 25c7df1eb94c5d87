import { z } from 'zod'
import { controlRun } from '#services/projects/control-run.ts'
import { findProject } from '#services/projects/find-project.ts'
import { defineVerb } from '../define.ts'
import { projectArg } from './project-arg.ts'

export const cancel = defineVerb({
  role: 'editor',
  args: z.object({ project: projectArg }),
  async run({ project }, ctx) {
    const { id: projectId } = await findProject({ ctx, typed: project, threadProjectId: ctx.projectId })
    await controlRun({ ctx, projectId, verb: 'cancel' })
    return { kind: 'thread', projectId }
  },
})
