import { z } from 'zod'
import { PRIORITIES, type Priority } from '#domain/states.ts'
import { unstartedProjects } from '#prisma/queries/system/unstarted-projects.ts'
import { planFor } from '../projects/create-project.ts'
import type { UpkeepContext } from './context.ts'

/** A project whose run is not there after so long lost its process between the two. Never scaled: a slow machine is not a dead one. */
const GRACE_MS = 60_000
/** what create-project keeps beside the pipeline's input */
const asked = z.object({ priority: z.enum(Object.keys(PRIORITIES) as Priority[]).catch('medium') })

/** Starts projects that were accepted and whose run was never made: a process died in between. Returns how many. */
export async function startUnstarted(ctx: UpkeepContext): Promise<number> {
  const before = new Date(ctx.now().getTime() - GRACE_MS)
  const projects = await unstartedProjects(ctx.db, { before, limit: 100 })
  let started = 0
  for (const project of projects) {
    try {
      await start(ctx, project)
      started++
    } catch (error) {
      // one that cannot be planned any more must not keep the others waiting
      ctx.log.error({ err: error, projectId: project.id }, 'a project could not be started')
    }
  }
  return started
}

async function start(
  ctx: UpkeepContext,
  project: Awaited<ReturnType<typeof unstartedProjects>>[number],
): Promise<void> {
  const { id: projectId, scope, kind, request } = project
  const { priority } = asked.parse(request)
  const { plan } = planFor(kind, request)
  await ctx.engine.startRun({ scope, projectId, plan, priority: PRIORITIES[priority] })
  ctx.log.warn({ projectId }, 'started a project that had no run')
}
