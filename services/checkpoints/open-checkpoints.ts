import { review as reviewSchema } from '#domain/review.ts'
import type { ServiceContext } from '../context.ts'

/** A checkpoint that waits for a person. */
export interface OpenCheckpoint {
  readonly stepId: string
  readonly revision: number
  readonly projectId: string
  readonly number: number
  readonly title: string
  readonly requestedBy: string
  readonly reviewers: readonly string[]
  readonly checkpoint: string
  readonly target: string
  readonly since: Date | undefined
}

/** What waits for somebody's decision, in one project or in all, oldest first. */
export async function openCheckpoints(request: {
  readonly ctx: ServiceContext
  readonly projectId?: string | undefined
}): Promise<OpenCheckpoint[]> {
  const { ctx, projectId } = request
  const steps = await ctx.db.step.findMany({
    where: { status: 'waiting_person', kind: 'checkpoint', ...(projectId === undefined ? {} : { projectId }) },
    orderBy: { readyAt: 'asc' },
    take: 200,
  })
  const projects = await ctx.db.project.findMany({
    where: { id: { in: steps.map((step) => step.projectId) }, deletedAt: null },
  })
  const byId = new Map(projects.map((project) => [project.id, project]))
  return steps.flatMap((step) => {
    const project = byId.get(step.projectId)
    if (project === undefined) return []
    const subject = reviewSchema.safeParse(step.subject)
    return [
      {
        stepId: step.id,
        revision: step.revision,
        projectId: project.id,
        number: project.number,
        title: project.title,
        requestedBy: project.requestedBy,
        reviewers: project.reviewers,
        checkpoint: step.stage,
        target: subject.success ? subject.data.target : step.fanKey,
        since: step.readyAt ?? undefined,
      },
    ]
  })
}
