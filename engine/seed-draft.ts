import { isDeepStrictEqual } from 'node:util'
import type { FanOut } from './fan-out.ts'
import { addBranches } from './plan-steps.ts'
import { dependenciesOf, liveSteps, nodeOf, patch, stepKey, type DraftStep, type RunDraft } from './run-draft.ts'
import type { ReadOutputs } from './settle.ts'

const ENDED = new Set(['done', 'failed', 'cancelled', 'skipped'])

/**
 * Carries an earlier run's results over into a new run: a step is carried where its node did not change and all that it
 * depends on was carried too. `carryBroken` keeps failed, rejected and skipped branches as they ended.
 */
export async function seedDraft(
  draft: RunDraft,
  earlier: RunDraft,
  readOutputs: ReadOutputs,
  options: { readonly carryBroken: boolean },
): Promise<void> {
  const old = new Map(liveSteps(earlier).map((step) => [stepKey(step.node, step.fanKey), step]))
  const outputs = await readOutputs([...old.values()].filter((step) => step.status === 'done').map((step) => step.id))
  const carried = new Set<string>()
  // again until nothing moves: a join is carried after the branches that a fan-out adds on the way
  for (let moved = true; moved;) {
    moved = false
    for (const step of draft.steps.values()) {
      const before = old.get(stepKey(step.node, step.fanKey))
      if (!before || carried.has(step.id) || !sameNode(draft, earlier, step)) continue
      patch(draft, step, { overrides: before.overrides, redo: before.redo, revision: before.revision })
      const wanted = before.status === 'done' || (options.carryBroken && ENDED.has(before.status))
      if (!wanted || !dependenciesOf(draft, step).every((other) => carried.has(other.id))) continue
      carry(draft, step, before, outputs.get(before.id))
      carried.add(step.id)
      moved = true
    }
  }
}

function sameNode(draft: RunDraft, earlier: RunDraft, step: DraftStep): boolean {
  return isDeepStrictEqual(nodeOf(draft.run.plan, step), nodeOf(earlier.run.plan, step))
}

function carry(draft: RunDraft, step: DraftStep, before: DraftStep, output: unknown): void {
  const { status, error, decidedBy, decision, finishedAt } = before
  patch(draft, step, { status, error, decidedBy, decision, finishedAt, needs: 0, reused: true })
  if (status !== 'done') return
  patch(draft, step, { output, subject: step.kind === 'checkpoint' ? output : null })
  if (step.kind === 'each') addBranches(draft, step, (output as FanOut).keys)
}
