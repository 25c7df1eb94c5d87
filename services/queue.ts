import { listOpenRuns } from '#prisma/queries/runs.ts'
import type { ServiceContext } from './context.ts'
import { HIDDEN_KINDS } from './projects/hidden-kinds.ts'

export interface QueuedProject {
  readonly projectId: string
  readonly number: number
  readonly title: string
  readonly status: string
  /** steps at work now, by contract name */
  readonly running: readonly string[]
  /** steps that could start and wait for a worker */
  readonly ready: number
  /** checkpoints that wait for a person */
  readonly asking: number
  readonly done: number
  readonly total: number
}

/** What this workspace has at work, waiting and paused, oldest first: other workspaces' work is nobody's business here. */
export async function queue(ctx: ServiceContext): Promise<QueuedProject[]> {
  const runs = (await listOpenRuns(ctx.db, 50)).filter((run) => !HIDDEN_KINDS.includes(run.project.kind))
  const steps = await ctx.db.step.findMany({
    where: { runId: { in: runs.map((run) => run.id) }, status: { notIn: ['superseded', 'skipped', 'cancelled'] } },
    select: { runId: true, stage: true, status: true },
  })
  return runs.map((run) => {
    const own = steps.filter((step) => step.runId === run.id)
    const count = (status: string) => own.filter((step) => step.status === status).length
    return {
      projectId: run.project.id,
      number: run.project.number,
      title: run.project.title,
      status: run.status,
      running: [...new Set(own.filter((step) => step.status === 'running').map((step) => step.stage))],
      ready: count('ready'),
      asking: count('waiting_person'),
      done: count('done'),
      total: own.length,
    }
  })
}
