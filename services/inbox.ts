import { mayAct } from '#domain/role.ts'
import { openCheckpoints, type OpenCheckpoint } from './checkpoints/open-checkpoints.ts'
import type { ServiceContext } from './context.ts'
import { HIDDEN_KINDS } from './projects/hidden-kinds.ts'

export interface FailedProject {
  readonly projectId: string
  readonly number: number
  readonly title: string
  readonly stage: string
  readonly code: string
}

export interface Inbox {
  /** checkpoints that I should look at, oldest first */
  readonly mine: readonly OpenCheckpoint[]
  /** checkpoints of others that I may decide */
  readonly others: readonly OpenCheckpoint[]
  /** what failed in projects that I asked for */
  readonly failed: readonly FailedProject[]
}

/** What waits for the asker: checkpoints of projects they asked for or review, and failures of their own. */
export async function inbox(ctx: ServiceContext): Promise<Inbox> {
  const open = await openCheckpoints({ ctx })
  const isMine = (item: OpenCheckpoint) => item.requestedBy === ctx.member.id || item.reviewers.includes(ctx.member.id)
  return {
    mine: open.filter(isMine),
    others: mayAct(ctx.member.role, 'editor') ? open.filter((item) => !isMine(item)) : [],
    failed: await failures(ctx),
  }
}

async function failures(ctx: ServiceContext): Promise<FailedProject[]> {
  const projects = await ctx.db.project.findMany({
    where: { requestedBy: ctx.member.id, deletedAt: null, kind: { notIn: HIDDEN_KINDS } },
    include: { runs: { orderBy: { ordinal: 'desc' }, take: 1, select: { id: true } } },
    orderBy: { updatedAt: 'desc' },
    take: 100,
  })
  const byRun = new Map(projects.flatMap((project) => project.runs.map((run) => [run.id, project] as const)))
  const steps = await ctx.db.step.findMany({ where: { runId: { in: [...byRun.keys()] }, status: 'failed' }, take: 20 })
  return steps.flatMap((step) => {
    const project = byRun.get(step.runId)
    if (project === undefined) return []
    const code = String((step.error as { code?: unknown } | null)?.code ?? 'INTERNAL')
    return [{ projectId: project.id, number: project.number, title: project.title, stage: step.stage, code }]
  })
}
