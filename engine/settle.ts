import { toAppError, type AppError } from '#core/errors.ts'
import type { RunState } from '#domain/states.ts'
import { branchKeys, fanOutId } from './fan-out.ts'
import { addBranches } from './plan-steps.ts'
import { resolveInput, type Settled } from './resolve-input.ts'
import { dependenciesOf, liveSteps, nodeOf, patch, type DraftStep, type RunDraft, type StepError } from './run-draft.ts'

/** Reads outputs that the draft does not hold, by step id. */
export type ReadOutputs = (ids: readonly string[]) => Promise<ReadonlyMap<string, unknown>>

/**
 * Brings a run to where its steps say it is: counters, skips, settling joins, checkpoints, dynamic fan-outs, the run's
 * state. Idempotent; a paused or ended run readies nothing.
 */
export async function settle(draft: RunDraft, readOutputs: ReadOutputs): Promise<void> {
  for (let moved = true; moved;) {
    moved = false
    for (const step of liveSteps(draft)) {
      if (step.status === 'waiting' && (await settleStep(draft, step, readOutputs))) moved = true
    }
  }
  draft.run.status = stateOf(draft)
}

/** What is stored of a failure. */
export function stepError(error: AppError, at: string): StepError {
  return { code: error.code, category: error.category, data: error.data, message: error.message, at }
}

const BROKEN = new Set(['failed', 'cancelled', 'skipped'])

async function settleStep(draft: RunDraft, step: DraftStep, readOutputs: ReadOutputs): Promise<boolean> {
  const dependencies = dependenciesOf(draft, step)
  const broken = dependencies.filter((other) => BROKEN.has(other.status))
  if (broken.length > 0 && nodeOf(draft.run.plan, step)?.settles !== true) {
    patch(draft, step, { status: 'skipped', needs: 0, finishedAt: draft.now })
    return true
  }
  const needs = dependencies.filter((other) => other.status !== 'done').length - broken.length
  if (step.needs !== needs) patch(draft, step, { needs })
  if (needs > 0 || (draft.run.status !== 'active' && draft.run.status !== 'waiting')) return false
  if (step.kind === 'stage') {
    patch(draft, step, { status: 'ready', readyAt: draft.now })
    return true
  }
  try {
    const settled = await withOutputs(dependencies, readOutputs)
    if (step.kind === 'each') openFanOut(draft, step, settled)
    else openCheckpoint(draft, step, settled)
  } catch (thrown) {
    patch(draft, step, { status: 'failed', finishedAt: draft.now, error: stepError(toAppError(thrown), draft.now) })
  }
  return true
}

async function withOutputs(steps: readonly DraftStep[], readOutputs: ReadOutputs): Promise<readonly Settled[]> {
  const unknown = steps.filter((step) => step.status === 'done' && step.output === undefined).map((step) => step.id)
  const read = unknown.length > 0 ? await readOutputs(unknown) : new Map<string, unknown>()
  for (const step of steps) if (read.has(step.id)) step.output = read.get(step.id)
  return steps
}

function openFanOut(draft: RunDraft, step: DraftStep, [over]: readonly Settled[]): void {
  const each = draft.run.plan.nodes.find((node) => node.each && fanOutId(node.each) === step.node)?.each
  if (!each) return
  const output = addBranches(draft, step, branchKeys(each, over?.output))
  patch(draft, step, { status: 'done', output, finishedAt: draft.now })
}

function openCheckpoint(draft: RunDraft, step: DraftStep, settled: readonly Settled[]): void {
  const node = nodeOf(draft.run.plan, step)
  if (node?.kind !== 'checkpoint') return
  const input = resolveInput(node, step.fanKey, settled) as { readonly review?: unknown }
  const subject = input.review ?? null
  // a stage that doubts its own result is judged by a person, whatever the settings say
  const doubted = dependenciesOf(draft, step).some((other) => other.error?.category === 'quality')
  if (node.auto && !doubted) {
    patch(draft, step, { status: 'done', subject, output: subject, decision: 'auto', finishedAt: draft.now })
  } else patch(draft, step, { status: 'waiting_person', subject, readyAt: draft.now })
}

function stateOf(draft: RunDraft): RunState {
  const { status } = draft.run
  if (status === 'paused' || status === 'cancelled') return status
  const steps = liveSteps(draft)
  const some = (...states: readonly string[]): boolean => steps.some((step) => states.includes(step.status))
  if (some('ready', 'running')) return 'active'
  if (some('waiting_person')) return 'waiting'
  if (some('waiting')) return 'active'
  if (!some('failed', 'cancelled', 'skipped')) return 'done'
  const needed = new Set(steps.flatMap((step) => draft.dependencies.get(step.id) ?? []))
  if (steps.some((step) => step.status === 'done' && !needed.has(step.id))) return 'done_with_failures'
  return some('failed') ? 'failed' : 'cancelled'
}
