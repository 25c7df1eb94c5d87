import { AppError } from '#core/errors.ts'
import { PRIORITIES, type Priority } from '#domain/states.ts'
import { buildPlan } from '#engine/plan-builder.ts'
import { pipelines, type PipelineName } from '#pipelines/index.ts'
import { createProject as insertProject } from '#prisma/queries/projects.ts'
import type { ServiceContext } from '../context.ts'
import { checkLimits } from './check-limits.ts'
import { HIDDEN_KINDS } from './hidden-kinds.ts'

/** What a new project is. */
export interface NewProject {
  readonly kind: PipelineName
  /** the pipeline's input; parsed here, so that nothing unsound is stored */
  readonly input: unknown
  /** by its source, until the source tells its own */
  readonly title: string
  /** what a person calls it: stays */
  readonly called?: string | undefined
  readonly priority?: Priority
  /** members to mention at checkpoints besides the requester */
  readonly reviewers?: readonly string[]
  /** uploads that belong to it from now on */
  readonly uploads?: readonly string[]
}

/**
 * Stores a project and starts its first run. Its thread shows itself.
 * @throws LIMIT_REACHED, BUDGET_REACHED; INVALID_INPUT is the commands' to find before
 */
export async function createProject(request: {
  readonly ctx: ServiceContext
  readonly project: NewProject
}): Promise<{ projectId: string; number: number }> {
  const { ctx, project } = request
  if (!HIDDEN_KINDS.includes(project.kind)) await checkLimits(ctx)
  const { input, plan } = planFor(project.kind, project.input)
  const { kind, called, reviewers = [], uploads = [], priority = 'medium' } = project
  // beside the pipeline's own input, which leaves it out when it is parsed again: who starts the run later knows it
  const asked = { ...input, priority, ...(called !== undefined && { title: called }) }
  const title = called ?? project.title
  const stored = await insertProject(ctx.db, { kind, title, reviewers, request: asked, requestedBy: ctx.member.id })
  const { id: projectId, number } = stored
  await ctx.db.artifact.updateMany({ where: { id: { in: [...uploads] }, projectId: null }, data: { projectId } })
  // a project whose run could not be started is started by the scheduler: what was accepted is never lost
  await ctx.engine.startRun({ scope: ctx.scope, projectId, plan, priority: PRIORITIES[priority] })
  ctx.log.info({ projectId, number, kind, memberId: ctx.member.id }, 'project created')
  return { projectId, number }
}

/** A production's parsed input and its plan. @throws INTERNAL for a kind that there is none of */
export function planFor(kind: string, request: unknown) {
  const pipeline = pipelines.find((candidate) => candidate.name === kind)
  if (pipeline === undefined) throw new AppError('INTERNAL', 'no such production', { data: { kind } })
  const input = pipeline.input.parse(request)
  // each pipeline takes what its own schema parsed; the union of all cannot say so
  return { input: input as object, plan: buildPlan(pipeline as Parameters<typeof buildPlan>[0], input) }
}
