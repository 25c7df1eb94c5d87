import { AppError } from '#core/errors.ts'
import type { PlanNode, Ref } from '#domain/plan.ts'
import { elementOf, valueAt, type FanOut } from './fan-out.ts'
import { isRef } from './plan-refs.ts'

/** A step that another one depends on, with what it made. */
export interface Settled {
  readonly kind: string
  readonly node: string
  readonly fanKey: string
  readonly status: string
  readonly output: unknown
}

/**
 * A node's input with every reference replaced by what it refers to. A branch that did not finish is null (the reader
 * settles, or it would not run); a property that is not there is left out.
 */
export function resolveInput(node: PlanNode, fanKey: string, settled: readonly Settled[]): unknown {
  return resolve(node.input, (ref) => {
    const [id, ...path] = ref.$ref
    if (id === '$item') return valueAt(item(node, fanKey, settled), path)
    if (ref.$all) return all(id, settled).map((step) => valueAt(outputOf(step), path) ?? null)
    const step = find(settled, id, ref.$fan ?? fanKey) ?? find(settled, id, '')
    if (!step) throw new AppError('INTERNAL', `${node.id} refers to ${id}, which it does not depend on`)
    return valueAt(outputOf(step), path)
  })
}

function resolve(value: unknown, read: (ref: Ref) => unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (isRef(value)) return read(value)
  if (Array.isArray(value)) return value.map((entry) => resolve(entry, read) ?? null)
  const entries = Object.entries(value).map(([key, entry]) => [key, resolve(entry, read)] as const)
  return Object.fromEntries(entries.filter(([, entry]) => entry !== undefined))
}

function outputOf(step: Settled): unknown {
  return step.status === 'done' ? step.output : null
}

function find(settled: readonly Settled[], node: string, fanKey: string): Settled | undefined {
  return settled.find((step) => step.node === node && step.fanKey === fanKey)
}

function item(node: PlanNode, fanKey: string, settled: readonly Settled[]): unknown {
  const over = node.each && find(settled, node.each.over, '')
  if (!node.each || !over) throw new AppError('INTERNAL', `${node.id} is not inside a fan-out`)
  return elementOf(node.each, outputOf(over), fanKey)
}

/** All branches of one node, in the list's order; none when the fan-out itself did not happen. */
function all(node: string, settled: readonly Settled[]): readonly Settled[] {
  const fanOuts = settled
    .filter((step) => step.kind === 'each' && step.status === 'done')
    .map((step) => step.output as FanOut)
  const keys = fanOuts.find((made) => made.nodes.includes(node))?.keys ?? []
  return keys.flatMap((key) => find(settled, node, key) ?? [])
}
