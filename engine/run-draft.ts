import type { Plan, PlanNode } from '#domain/plan.ts'
import type { Scope } from '#domain/scope.ts'
import type { RunState, StepState } from '#domain/states.ts'
import { AppError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'

/** A step while its run is being changed. Times are ISO texts. `output` is there when it was set now or asked for. */
export interface DraftStep {
  readonly id: string
  readonly node: string
  readonly fanKey: string
  readonly generation: number
  readonly kind: 'stage' | 'checkpoint' | 'each'
  readonly stage: string
  readonly resource: string
  redo: number
  readonly weight: number
  status: StepState
  needs: number
  overrides: Readonly<Record<string, unknown>> | null
  attempt: number
  crashes: number
  fence: string | null
  workerId: string | null
  queuedAt: string | null
  availableAt: string
  readyAt: string | null
  startedAt: string | null
  finishedAt: string | null
  progress: unknown
  output: unknown
  subject: unknown
  error: StepError | null
  revision: number
  decidedBy: string | null
  decision: 'approved' | 'rejected' | 'auto' | null
  reused: boolean
}

/** What is kept of a failure. `message` is for developers. */
export interface StepError {
  readonly code: string
  readonly category: string
  readonly data: Readonly<Record<string, unknown>>
  readonly message: string
  readonly at: string
}

/** A run and its steps in memory, under the run's lock: changed here, then written back at once (save-draft.ts). */
export interface RunDraft {
  readonly run: {
    readonly id: string
    readonly scope: Scope
    readonly projectId: string
    readonly plan: Plan
    readonly priority: number
    status: RunState
  }
  /** the database's clock */
  readonly now: string
  /** every generation; `liveSteps` leaves the superseded ones out */
  readonly steps: Map<string, DraftStep>
  /** the newest generation of every branch of every node, by `stepKey` */
  readonly newest: Map<string, DraftStep>
  /** step id → ids that it depends on */
  readonly dependencies: Map<string, string[]>
  readonly added: Set<string>
  readonly changed: Map<string, Set<keyof DraftStep>>
  /** a running step was taken from its worker, who is to be told */
  stopped: boolean
}

/**
 * Changes a step. What is named here is written back, also where it looks the same: dispatch does not wait for a run's lock,
 * and may have queued the step since it was read.
 */
export function patch(draft: RunDraft, step: DraftStep, fields: Partial<DraftStep>): void {
  Object.assign(step, fields)
  const changed = draft.changed.get(step.id) ?? new Set()
  for (const key of Object.keys(fields)) changed.add(key as keyof DraftStep)
  draft.changed.set(step.id, changed)
}

/** Adds a step with its dependencies, waiting. Its generation follows those that were there. */
export function addStep(
  draft: RunDraft,
  node: Pick<DraftStep, 'node' | 'fanKey' | 'kind' | 'stage' | 'resource'>,
  dependencies: readonly string[],
  carried: Partial<DraftStep> = {},
): DraftStep {
  const key = stepKey(node.node, node.fanKey)
  const step: DraftStep = {
    id: newId('stp'),
    generation: (draft.newest.get(key)?.generation ?? 0) + 1,
    redo: 0,
    weight: draft.run.priority,
    status: 'waiting',
    needs: dependencies.length,
    overrides: null,
    attempt: 0,
    crashes: 0,
    fence: null,
    workerId: null,
    queuedAt: null,
    availableAt: draft.now,
    readyAt: null,
    startedAt: null,
    finishedAt: null,
    progress: null,
    output: null,
    subject: null,
    error: null,
    revision: 1,
    decidedBy: null,
    decision: null,
    reused: false,
    ...node,
    ...carried,
  }
  draft.steps.set(step.id, step)
  draft.newest.set(key, step)
  draft.dependencies.set(step.id, [...dependencies])
  draft.added.add(step.id)
  return step
}

/** What names a step within its run, but for the generation. */
export function stepKey(node: string, fanKey: string): string {
  return JSON.stringify([node, fanKey])
}

export function liveSteps(draft: RunDraft): DraftStep[] {
  return [...draft.steps.values()].filter((step) => step.status !== 'superseded')
}

/** The newest generation of a node's branch. */
export function liveStep(draft: RunDraft, node: string, fanKey: string): DraftStep | undefined {
  const step = draft.newest.get(stepKey(node, fanKey))
  return step?.status === 'superseded' ? undefined : step
}

/** The steps that `step` depends on. */
export function dependenciesOf(draft: RunDraft, step: DraftStep): DraftStep[] {
  return (draft.dependencies.get(step.id) ?? []).flatMap((id) => draft.steps.get(id) ?? [])
}

/** All live steps that depend on `step`, near and far, without itself. */
export function dependentsOf(draft: RunDraft, step: DraftStep): DraftStep[] {
  const readers = new Map<string, string[]>()
  for (const [reader, needed] of draft.dependencies) {
    for (const id of needed) readers.set(id, [...(readers.get(id) ?? []), reader])
  }
  const found = new Set<string>()
  const queue = [step.id]
  for (const id of queue) {
    for (const reader of readers.get(id) ?? []) {
      if (found.has(reader) || draft.steps.get(reader)?.status === 'superseded') continue
      found.add(reader)
      queue.push(reader)
    }
  }
  return [...found].flatMap((id) => draft.steps.get(id) ?? [])
}

/** The plan's node of a step; undefined for the step that makes a dynamic fan-out's branches. */
export function nodeOf(plan: Plan, step: Pick<DraftStep, 'node' | 'fanKey' | 'kind'>): PlanNode | undefined {
  if (step.kind === 'each') return undefined
  const node = plan.nodes.find(
    ({ id, fanKey, each }) => id === step.node && (each !== undefined || fanKey === step.fanKey),
  )
  if (!node) throw new AppError('INTERNAL', `the plan has no ${step.node}`)
  return node
}
