import { PRIORITIES } from '#domain/states.ts'
import { unstartedProjects } from '#prisma/queries/system/unstarted-projects.ts'
import { planFor } from '../projects/create-project.ts'
import type { UpkeepContext } from './context.ts'

/** A project whose run is not there after so long lost its process between the two. */
const GRACE_MS = 60_000

/** Starts projects that were accepted and whose run was never made: a process died in between. Returns how many. */
export async function startUnstarted(ctx: UpkeepContext): Promise<number> {
  const before = new Date(ctx.now().getTime() - GRACE_MS * ctx.timeScale)
  const projects = await unstartedProjects(ctx.db, { before, limit: 100 })
  for (const { id: projectId, scope, kind, request } of projects) {
    const { plan } = planFor(kind, request)
    await ctx.engine.startRun({ scope, projectId, plan, priority: PRIORITIES.medium })
    ctx.log.warn({ projectId }, 'started a project that had no run')
  }
  return projects.length
}
