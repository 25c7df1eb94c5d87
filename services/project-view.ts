import { AppError } from '#core/errors.ts'
import { editName } from '#domain/edit-name.ts'
import { plan as planSchema, type Plan, type PlanNode } from '#domain/plan.ts'
import { progress as progressSchema } from '#domain/progress.ts'
import type { CheckpointView, ProjectFacts, ProjectView, StepErrorView, StepView } from '#domain/project-view.ts'
import { result as resultSchema, review as reviewSchema } from '#domain/review.ts'
import type { Resource, RunState, StepState } from '#domain/states.ts'
import { listArtifacts } from '#prisma/queries/artifacts.ts'
import { projectCosts } from '#prisma/queries/calls.ts'
import { memberNames } from '#prisma/queries/members.ts'
import { listSteps, newestRun } from '#prisma/queries/runs.ts'
import type { ScopedDb } from '#prisma/scoped.ts'
import { projectRevisions } from './checkpoints/project-revisions.ts'
import { pendingRevisions } from './projects/pending-revisions.ts'
import { dueReminders } from './projects/due-reminders.ts'
import { redoProviders } from './providers/redo-providers.ts'
import { readSettings } from './settings/read-settings.ts'

type Row<M extends 'project' | 'run' | 'step'> = NonNullable<Awaited<ReturnType<ScopedDb[M]['findFirst']>>>

/**
 * Everything that a project's thread shows, read now. `liveResources`: what live workers consume, when the caller knows
 * (prisma/queries/system/live-resources); work that none of them can do is then said.
 * @throws NOT_FOUND
 */
export async function loadProjectView(request: {
  readonly db: ScopedDb
  readonly projectId: string
  readonly liveResources?: readonly Resource[]
}): Promise<ProjectView> {
  const { db, projectId } = request
  const project = await db.project.findFirst({ where: { id: projectId } })
  if (project === null) throw new AppError('NOT_FOUND', 'no such project')
  const run = await newestRun(db, projectId)
  const [settings, rows, revisions, archives, providers] = await Promise.all([
    readSettings(db),
    run === undefined ? [] : listSteps(db, run.id),
    projectRevisions(db, projectId),
    listArtifacts(db, projectId, ['archive']),
    projectCosts(db, projectId),
  ])
  const plan = run === undefined ? undefined : planSchema.parse(run.plan)
  const numbers = new Map(revisions.map((revision) => [revision.id, revision.number]))
  const steps = inPlanOrder(rows, plan).map((row) => stepView(row, project, plan, numbers))
  const pending = await pendingRevisions(db, steps)
  const members = await namesOf(
    db,
    project,
    steps,
    pending.map((revision) => revision.memberId),
  )
  return {
    project: facts(project, steps),
    locale: settings.language,
    notify: settings.notify.mentions,
    run: run && runView(run),
    steps,
    pending,
    members,
    cost: { providers, micros: providers.reduce((sum, { micros }) => sum + micros, 0) },
    choices: await redoProviders(db),
    reminders: await dueReminders(db, steps),
    missingWorkers: missing(steps, request.liveResources),
    archive: archives.at(-1),
  }
}

function facts(project: Row<'project'>, steps: readonly StepView[]): ProjectFacts {
  const { id, workspaceId, nicheId, number, kind, request, requestedBy, reviewers, createdAt, updatedAt } = project
  const { to, title } = (request ?? {}) as { to?: unknown; title?: unknown }
  return {
    id,
    scope: { workspaceId, nicheId },
    number,
    kind,
    title: typeof title === 'string' ? title : (foundTitle(steps) ?? project.title),
    storedTitle: project.title,
    request,
    targets: Array.isArray(to) ? to.filter((tag) => typeof tag === 'string') : [],
    requestedBy,
    reviewers,
    createdAt,
    updatedAt,
    deletedAt: project.deletedAt ?? undefined,
  }
}

/** What the source calls itself is better than its address; what a person calls it is better than both. */
function foundTitle(steps: readonly StepView[]): string | undefined {
  const output = steps.findLast((step) => step.stage === 'download' && step.status === 'done')?.output
  const title = (output as { title?: unknown } | undefined)?.title
  return typeof title === 'string' && title !== '' ? title : undefined
}

function runView(run: Row<'run'>) {
  const { id, ordinal, startedAt } = run
  return { id, ordinal, startedAt, status: run.status as RunState, finishedAt: run.finishedAt ?? undefined }
}

function inPlanOrder(rows: readonly Row<'step'>[], plan: Plan | undefined): Row<'step'>[] {
  const order = new Map((plan?.nodes ?? []).map((node, index) => [`${node.id}\u0000${node.fanKey}`, index]))
  const place = (row: Row<'step'>) =>
    order.get(`${row.node}\u0000${row.fanKey}`) ?? order.get(`${row.node}\u0000`) ?? order.size
  return rows.toSorted((a, b) => place(a) - place(b) || a.fanKey.localeCompare(b.fanKey) || a.generation - b.generation)
}

function stepView(
  row: Row<'step'>,
  project: Row<'project'>,
  plan: Plan | undefined,
  numbers: ReadonlyMap<string, number>,
): StepView {
  const { id, node, fanKey, generation, stage, attempt, reused, availableAt } = row
  const progress = progressSchema.safeParse(row.progress)
  const result = stage === 'finish' ? resultSchema.safeParse(row.output) : undefined
  return {
    id,
    node,
    fanKey,
    generation,
    stage,
    attempt,
    reused,
    availableAt,
    kind: row.kind as StepView['kind'],
    resource: row.resource as StepView['resource'],
    status: row.status as StepState,
    progress: progress.success ? progress.data : undefined,
    error: errorView(row.error),
    output: row.output ?? undefined,
    result: result?.success === true ? result.data : undefined,
    checkpoint: row.kind === 'checkpoint' ? checkpointView(row, project, plan, numbers) : undefined,
    readyAt: row.readyAt ?? undefined,
    startedAt: row.startedAt ?? undefined,
    finishedAt: row.finishedAt ?? undefined,
  }
}

function checkpointView(
  row: Row<'step'>,
  project: Row<'project'>,
  plan: Plan | undefined,
  numbers: ReadonlyMap<string, number>,
): CheckpointView {
  const node = findNode(plan, row)
  const review = reviewSchema.safeParse(row.status === 'done' ? (row.output ?? row.subject) : row.subject)
  const name = node?.checkpoint ?? row.stage
  const { kind, number } = project
  return {
    name,
    auto: node?.auto ?? false,
    review: review.success ? review.data : undefined,
    revision: row.revision,
    editName:
      review.success && review.data.subtitles !== undefined
        ? editName({
            kind,
            number,
            checkpoint: name,
            target: review.data.target,
            revision: numbers.get(row.id) ?? row.revision,
          })
        : undefined,
    decidedBy: row.decidedBy ?? undefined,
    decision: (row.decision ?? undefined) as CheckpointView['decision'],
    redo: node?.redo,
    editsAt: node?.editsAt,
  }
}

function findNode(plan: Plan | undefined, row: Row<'step'>): Extract<PlanNode, { kind: 'checkpoint' }> | undefined {
  const nodes = plan?.nodes ?? []
  const node =
    nodes.find(({ id, fanKey }) => id === row.node && fanKey === row.fanKey) ?? nodes.find(({ id }) => id === row.node)
  return node?.kind === 'checkpoint' ? node : undefined
}

function errorView(stored: unknown): StepErrorView | undefined {
  if (typeof stored !== 'object' || stored === null || !('code' in stored)) return undefined
  const { code, category, data, at } = stored as { code: unknown; category?: unknown; data?: unknown; at?: unknown }
  return {
    code: String(code),
    category: String(category ?? 'permanent'),
    data: typeof data === 'object' && data !== null ? (data as Record<string, unknown>) : {},
    at: typeof at === 'string' ? new Date(at) : undefined,
  }
}

async function namesOf(
  db: ScopedDb,
  project: Row<'project'>,
  steps: readonly StepView[],
  editors: readonly string[],
): Promise<Record<string, string>> {
  const deciders = steps.flatMap((step) =>
    step.checkpoint?.decidedBy === undefined ? [] : [step.checkpoint.decidedBy],
  )
  return memberNames(db, [project.requestedBy, ...project.reviewers, ...deciders, ...editors])
}

function missing(steps: readonly StepView[], live: readonly Resource[] | undefined): Resource[] {
  if (live === undefined) return []
  const wanted = steps
    .filter((step) => step.status === 'ready' && step.resource !== '')
    .map((step) => step.resource as Resource)
  return [...new Set(wanted)].filter((resource) => !live.includes(resource))
}
