import { AppError } from '#core/errors.ts'
import type { PlanNode } from '#domain/plan.ts'

type Each = NonNullable<PlanNode['each']>

/** The output of a dynamic fan-out's own step: the branches it made, and of which nodes. */
export interface FanOut {
  readonly keys: readonly string[]
  readonly nodes: readonly string[]
}

/** The id of the step that makes the branches of a dynamic fan-out; nodes that share it fan out together. */
export function fanOutId(each: Each): string {
  return `each:${[each.over, ...each.path].join('.')}:${each.key}`
}

/** The value at `path`; null below a null (a branch that failed), undefined where nothing is. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  let here = value
  for (const key of path) {
    if (here === null) return null
    if (typeof here !== 'object' || !Object.hasOwn(here, key)) return undefined
    here = (here as Record<string, unknown>)[key]
  }
  return here
}

/** The element of a fan-out's list that belongs to branch `key`. */
export function elementOf(each: Each, over: unknown, key: string): unknown {
  return listOf(each, over).find((element) => keyOf(each, element) === key)
}

/** The keys of all branches, in the list's order. Throws INTERNAL where there is no list, or a key is missing or used twice. */
export function branchKeys(each: Each, over: unknown): readonly string[] {
  const keys = listOf(each, over).map((element) => keyOf(each, element))
  if (keys.includes('')) throw new AppError('INTERNAL', `${fanOutId(each)}: an element has no ${each.key}`)
  if (new Set(keys).size < keys.length)
    throw new AppError('INTERNAL', `${fanOutId(each)}: two elements have one ${each.key}`)
  return keys
}

function listOf(each: Each, over: unknown): readonly unknown[] {
  const list = valueAt(over, each.path)
  if (!Array.isArray(list)) throw new AppError('INTERNAL', `${fanOutId(each)}: there is no list`)
  return list
}

function keyOf(each: Each, element: unknown): string {
  return String(valueAt(element, [each.key]) ?? '')
}
