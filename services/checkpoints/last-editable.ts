import { AppError } from '#core/errors.ts'
import { plan as planSchema } from '#domain/plan.ts'
import type { ServiceContext } from '../context.ts'
import { currentRun } from '../projects/control-run.ts'

/**
 * The checkpoint whose lines a finished branch shows: its last one.
 * @throws STALE when another run has taken the place of `ordinal`, NOT_FOUND when the branch has none
 */
export async function lastEditable(request: {
  readonly ctx: ServiceContext
  readonly projectId: string
  readonly ordinal: number
  readonly fanKey: string
}): Promise<{ id: string; revision: number }> {
  const { ctx, projectId, ordinal, fanKey } = request
  const run = await currentRun(ctx, projectId)
  if (run.ordinal !== ordinal) throw new AppError('STALE', 'a later run is there')
  const stored = await ctx.db.run.findFirst({ where: { id: run.id }, select: { plan: true } })
  const order = new Map(planSchema.parse(stored?.plan).nodes.map((node, index) => [node.id, index]))
  const steps = await ctx.db.step.findMany({
    where: { runId: run.id, fanKey, kind: 'checkpoint', status: { in: ['done', 'waiting_person'] } },
    select: { id: true, revision: true, node: true },
  })
  const last = steps.toSorted((a, b) => (order.get(a.node) ?? 0) - (order.get(b.node) ?? 0)).at(-1)
  if (last === undefined) throw new AppError('NOT_FOUND', 'nothing to edit in this branch')
  return last
}
