import { addStep, patch, type DraftStep, type RunDraft } from './run-draft.ts'

/**
 * Supersedes steps and adds a new generation of each, waiting, with the same dependencies (those among them renewed
 * too). Branches of a dynamic fan-out that is itself renewed are not added: it makes them anew. Returns old id → new step.
 */
export function regenerate(
  draft: RunDraft,
  steps: readonly DraftStep[],
  changes: (step: DraftStep) => Partial<DraftStep> = () => ({}),
): ReadonlyMap<string, DraftStep> {
  const renewed = new Map<string, DraftStep>()
  const old = new Set(steps.map((step) => step.id))
  for (const step of steps) {
    if (step.status === 'running') draft.stopped = true
    patch(draft, step, {
      status: 'superseded',
      fence: null,
      queuedAt: null,
      progress: null,
      finishedAt: step.finishedAt ?? draft.now,
    })
  }
  for (const step of steps.filter((other) => !isRenewedBranch(draft, other, old))) {
    const { node, fanKey, kind, stage, resource, redo, overrides } = step
    // numbers go on, so that the file of an older revision is never taken for this one's
    const revision = step.kind === 'checkpoint' ? step.revision + 1 : 1
    renewed.set(
      step.id,
      addStep(draft, { node, fanKey, kind, stage, resource }, [], { redo, overrides, revision, ...changes(step) }),
    )
  }
  for (const [id, step] of renewed) {
    const needed = draft.dependencies.get(id) ?? []
    draft.dependencies.set(
      step.id,
      needed.flatMap((other) => (old.has(other) ? (renewed.get(other)?.id ?? []) : other)),
    )
  }
  return renewed
}

function isRenewedBranch(draft: RunDraft, step: DraftStep, old: ReadonlySet<string>): boolean {
  const node = draft.run.plan.nodes.find((other) => other.id === step.node && other.each !== undefined)
  if (!node?.each || step.kind === 'each') return false
  const { over } = node.each
  // the list's own step is renewed: so will be the list
  return [...draft.steps.values()].some((other) => other.node === over && other.fanKey === '' && old.has(other.id))
}
