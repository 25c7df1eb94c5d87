import { plan as planSchema } from '#domain/plan.ts'
import type { ServiceContext } from '../context.ts'
import { invalid } from '../invalid.ts'
import { currentRun } from './control-run.ts'

const ENDED = ['done', 'done_with_failures', 'failed', 'cancelled']

/**
 * Opens a finished project again, seeded with what it made: the last checkpoint of each target asks once more. What failed
 * can be retried instead.
 * @throws INVALID_INPUT while it is not finished, or when nothing in it was ever asked
 */
export async function reopen(request: {
  readonly ctx: ServiceContext
  readonly projectId: string
  readonly target?: string
}): Promise<void> {
  const { ctx, projectId, target } = request
  const run = await currentRun(ctx, projectId)
  if (!ENDED.includes(run.status)) throw invalid(ctx.t, 'commands.problem.notFinished')
  let runId = run.id
  for (const { node, fanKey } of await lastCheckpoints(ctx, run.id)) {
    if (target !== undefined && fanKey !== target) continue
    const reopened = await ctx.engine.redo({ scope: ctx.scope, runId, node, fanKey, memberId: ctx.member.id })
    runId = reopened.runId
  }
  if (runId === run.id) throw invalid(ctx.t, 'commands.problem.nothingToReopen')
  ctx.log.info({ projectId, runId, memberId: ctx.member.id }, 'project re-opened')
}

/** Per branch the last checkpoint of the plan that a person decided or could have. */
async function lastCheckpoints(ctx: ServiceContext, runId: string): Promise<{ node: string; fanKey: string }[]> {
  const run = await ctx.db.run.findFirst({ where: { id: runId }, select: { plan: true } })
  const { nodes } = planSchema.parse(run?.plan)
  const order = new Map(nodes.map((node, index) => [node.id, index]))
  const steps = await ctx.db.step.findMany({
    where: { runId, kind: 'checkpoint', status: { in: ['done', 'cancelled'] } },
    select: { node: true, fanKey: true },
  })
  const last = new Map<string, { node: string; fanKey: string }>()
  for (const step of steps) {
    const known = last.get(step.fanKey)
    if (known === undefined || (order.get(known.node) ?? 0) <= (order.get(step.node) ?? 0)) last.set(step.fanKey, step)
  }
  const branches = [...last.values()].filter((step) => step.fanKey !== '')
  return branches.length > 0 ? branches : [...last.values()]
}
