import { z } from 'zod'
import { findProject } from '#services/projects/find-project.ts'
import { defineVerb } from '../define.ts'
import { deleteCard } from './delete-card.ts'
import { projectArg } from './project-arg.ts'

export const deleteVerb = defineVerb({
  role: 'admin',
  args: z.object({ project: projectArg }),
  async run({ project }, ctx) {
    const found = await findProject({ ctx, typed: project, threadProjectId: ctx.projectId })
    return { kind: 'card', card: await deleteCard(ctx, found) }
  },
})
