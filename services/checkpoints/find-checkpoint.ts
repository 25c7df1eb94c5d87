import { AppError } from '#core/errors.ts'
import { plan as planSchema, type PlanNode } from '#domain/plan.ts'
import { review as reviewSchema, type Review } from '#domain/review.ts'
import type { StepState } from '#domain/states.ts'
import type { ServiceContext } from '../context.ts'

/** A checkpoint as the services act on it. */
export interface Checkpoint {
  readonly id: string
  readonly projectId: string
  readonly runId: string
  readonly node: string
  readonly fanKey: string
  readonly generation: number
  readonly status: StepState
  readonly revision: number
  /** false: a later run of the project has taken its place */
  readonly current: boolean
  /** 'transcript', 'translation', 'final' */
  readonly name: string
  /** what waits for a decision, or what was decided; undefined before it was ready */
  readonly review: Review | undefined
  readonly redo: { readonly node: string; readonly capability: string } | undefined
  readonly editsAt: string | undefined
}

/** One checkpoint by its step's id. @throws NOT_FOUND */
export async function findCheckpoint(ctx: ServiceContext, stepId: string): Promise<Checkpoint> {
  const step = await ctx.db.step.findFirst({ where: { id: stepId, kind: 'checkpoint' } })
  if (step === null) throw new AppError('NOT_FOUND', 'no such checkpoint', { data: { stepId } })
  const run = await ctx.db.run.findFirst({
    where: { projectId: step.projectId },
    orderBy: { ordinal: 'desc' },
    select: { id: true, plan: true },
  })
  // every run of a project has the same plan
  const node = planNode(run?.plan, step.node, step.fanKey)
  // a decided checkpoint's output is what was approved
  const parsed = reviewSchema.safeParse(step.status === 'done' ? (step.output ?? step.subject) : step.subject)
  return {
    id: step.id,
    projectId: step.projectId,
    runId: step.runId,
    node: step.node,
    fanKey: step.fanKey,
    generation: step.generation,
    status: step.status as StepState,
    revision: step.revision,
    current: run?.id === step.runId && step.status !== 'superseded',
    name: node?.checkpoint ?? step.stage,
    review: parsed.success ? parsed.data : undefined,
    redo: node?.redo,
    editsAt: node?.editsAt,
  }
}

function planNode(stored: unknown, id: string, fanKey: string): Extract<PlanNode, { kind: 'checkpoint' }> | undefined {
  const parsed = planSchema.safeParse(stored)
  const nodes = parsed.success ? parsed.data.nodes : []
  const node =
    nodes.find((candidate) => candidate.id === id && candidate.fanKey === fanKey) ??
    nodes.find((candidate) => candidate.id === id)
  return node?.kind === 'checkpoint' ? node : undefined
}

/** Refuses to act on what is no longer the newest. @throws STALE {newest} */
export function refuseStale(checkpoint: Checkpoint, revision: number): void {
  const open = checkpoint.status === 'waiting_person' || checkpoint.status === 'done'
  if (checkpoint.current && open && checkpoint.revision === revision) return
  throw new AppError('STALE', 'what was shown is no longer the newest', {
    data: { status: checkpoint.status, newest: checkpoint.revision },
  })
}
