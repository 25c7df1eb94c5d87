import { z } from 'zod'
import { exportProject } from '#services/projects/export-project.ts'
import { defineAction } from '../define.ts'

/** Everything of the project in one file; its thread shows it. */
export const projectExport = defineAction({
  name: 'project.export',
  role: 'viewer',
  input: z.object({}),
  async run({ target }, ctx) {
    await exportProject({ ctx, projectId: target })
    return { kind: 'thread', projectId: target }
  },
})
