import { AppError } from '#core/errors.ts'
import type { Plan, PlanNode } from '#domain/plan.ts'
import { fanOutId, type FanOut } from './fan-out.ts'
import { refsIn } from './plan-refs.ts'
import { addStep, liveStep, liveSteps, type DraftStep, type RunDraft } from './run-draft.ts'

/** Adds the steps of a plan that are known from the start; a dynamic fan-out begins as the one step that will make its branches. */
export function addPlanSteps(draft: RunDraft): void {
  for (const node of draft.run.plan.nodes) {
    if (!node.each) addStep(draft, stepOf(node, node.fanKey), dependencyIds(draft, node, node.fanKey))
    else if (!liveStep(draft, fanOutId(node.each), '')) {
      const over = liveStep(draft, node.each.over, '')
      if (!over) throw new AppError('INTERNAL', `${node.id} fans out over ${node.each.over}, which is not before it`)
      const id = fanOutId(node.each)
      addStep(draft, { node: id, fanKey: '', kind: 'each', stage: id, resource: '' }, [over.id])
    }
  }
}

/** Adds the branches of a dynamic fan-out, and makes the joins after it wait for them. */
export function addBranches(draft: RunDraft, fanOut: DraftStep, keys: readonly string[]): FanOut {
  const { plan } = draft.run
  const nodes = plan.nodes.filter((node) => node.each && fanOutId(node.each) === fanOut.node)
  const made = keys.flatMap((key) =>
    nodes.map((node) => addStep(draft, stepOf(node, key), dependencyIds(draft, node, key))),
  )
  for (const reader of liveSteps(draft)) {
    const read = draft.dependencies.get(reader.id)?.includes(fanOut.id) ? allReads(plan, reader) : []
    const joined = made.filter((step) => read.includes(step.node)).map((step) => step.id)
    if (joined.length > 0) draft.dependencies.set(reader.id, [...(draft.dependencies.get(reader.id) ?? []), ...joined])
  }
  return { keys, nodes: nodes.map((node) => node.id) }
}

function stepOf(node: PlanNode, fanKey: string): Pick<DraftStep, 'node' | 'fanKey' | 'kind' | 'stage' | 'resource'> {
  const { id, kind } = node
  return node.kind === 'stage'
    ? { node: id, fanKey, kind, stage: node.stage, resource: node.resource }
    : { node: id, fanKey, kind, stage: node.checkpoint, resource: '' }
}

function dependencyIds(draft: RunDraft, node: PlanNode, fanKey: string): string[] {
  const ids = new Set<string>()
  const need = (id: string, branch: string): void => {
    const step = liveStep(draft, id, branch) ?? liveStep(draft, id, '')
    if (!step) throw new AppError('INTERNAL', `${node.id} needs ${id}, which is not before it`)
    ids.add(step.id)
  }
  for (const ref of refsIn(node.input)) {
    const [id] = ref.$ref
    const over = draft.run.plan.nodes.find((other) => other.id === id)?.each
    if (id === '$item') need(node.each?.over ?? '', '')
    else if (ref.$all && over) need(fanOutId(over), '')
    else need(id, ref.$fan ?? fanKey)
  }
  for (const { node: id, fanKey: branch } of node.after) need(id, branch ?? fanKey)
  if (node.each) need(node.each.over, '')
  return [...ids]
}

function allReads(plan: Plan, step: DraftStep): readonly string[] {
  const node = plan.nodes.find((other) => other.id === step.node && other.fanKey === step.fanKey)
  const refs = refsIn(node?.input).filter((ref) => ref.$all)
  return refs.map((ref) => ref.$ref[0])
}
