import type { z } from 'zod'
import type { Plan, PlanNode, Ref } from '#domain/plan.ts'
import type { Review } from '#domain/review.ts'
import type { Resource } from '#domain/states.ts'
import { AppError } from '#core/errors.ts'
import { handle, isRef, refsIn, type Handle, type Refs } from './plan-refs.ts'

export type { Refs } from './plan-refs.ts'
/** A step of the plan that is being written; its properties are typed references to its output. */
export type StepHandle<O> = Handle<O>

/** What the builder reads of a stage's contract (workers/stages/contract.ts). */
export interface StageContract<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly name: string
  readonly version: number
  readonly resource: Resource
  readonly timeoutMs: number
  readonly retries: number
  readonly input: I
  readonly output: O
}

interface NodeOptions {
  /** default: the contract's or checkpoint's name; (id, fanKey) is unique in a plan */
  readonly id?: string
  /** default: the branch of the `each` around it, else '' */
  readonly fanKey?: string
  /** steps to wait for beyond those that the input refers to */
  readonly after?: readonly Ref[]
}

/** Writes a plan: `pipelines/*` read like a recipe because of it. */
export interface PlanBuilder {
  step<I extends z.ZodType, O extends z.ZodType>(
    contract: StageContract<I, O>,
    input: Refs<z.input<I>>,
    options?: NodeOptions & { readonly settles?: boolean; readonly timeoutMs?: number },
  ): StepHandle<z.output<O>>
  /** Waits for a person (or approves at once, `auto`); its output is the review that was approved. */
  checkpoint(
    name: string,
    options: NodeOptions & {
      readonly review: Ref<Review>
      readonly auto: boolean
      /** node id (same branch) that [redo] runs again, and the capability whose providers it offers */
      readonly redo?: { readonly node: string; readonly capability: string }
      readonly editsAt?: string
    },
  ): StepHandle<Review>
  /** One branch per element: of a list known now (key by function), or of a step's output (key: a field's name). Not nested. */
  each<T>(list: readonly T[], key: (item: T) => string, body: (item: T) => void): void
  each<T>(list: Ref<readonly T[]>, key: keyof T & string, body: (item: Handle<T>) => void): void
  /** All branches of a step made inside a finished `each`, as a list; null where a branch failed (readers need `settles`). */
  all<O>(step: StepHandle<O>): Ref<(O | null)[]>
}

/** Runs `pipeline.plan` and returns its plan as data. Throws INTERNAL on a plan that cannot work (a programming error). */
export function buildPlan<I>(
  pipeline: { readonly name: string; readonly version: number; plan(p: PlanBuilder, input: I): void },
  input: I,
): Plan {
  const nodes: PlanNode[] = []
  pipeline.plan(createBuilder(nodes), input)
  return { pipeline: pipeline.name, version: pipeline.version, nodes }
}

type Branch = { readonly fanKey: string } | { readonly each: NonNullable<PlanNode['each']> }

function createBuilder(nodes: PlanNode[]): PlanBuilder {
  let branch: Branch | undefined

  function add(id: string, input: unknown, options: NodeOptions | undefined, rest: object): Ref {
    const each = branch !== undefined && 'each' in branch ? branch.each : undefined
    const fanKey = options?.fanKey ?? (branch !== undefined && 'fanKey' in branch ? branch.fanKey : '')
    const node = {
      id,
      fanKey,
      ...(each && { each }),
      // a copy without proxies: what is stored is what was meant
      input: JSON.parse(JSON.stringify(input)) as unknown,
      after: (options?.after ?? []).map((ref) => ({ node: ref.$ref[0], ...(ref.$fan && { fanKey: ref.$fan }) })),
      settles: false,
      ...rest,
    } as PlanNode
    refuseImpossible(node, nodes)
    nodes.push(node)
    return { $ref: [id], ...(fanKey !== '' && { $fan: fanKey }) }
  }

  function within(next: Branch, body: () => void): void {
    if (branch) throw new AppError('INTERNAL', 'each inside each')
    branch = next
    body()
    branch = undefined
  }

  return {
    step(contract, input, options) {
      const { name: stage, version, resource, retries } = contract
      const timeoutMs = options?.timeoutMs ?? contract.timeoutMs
      const settles = options?.settles ?? false
      const rest = { kind: 'stage', stage, version, resource, timeoutMs, retries, settles }
      return handle(add(options?.id ?? stage, input, options, rest) as Ref<z.output<typeof contract.output>>)
    },
    checkpoint(name, { id, fanKey, after, review, ...rest }) {
      const options = { ...(fanKey !== undefined && { fanKey }), ...(after && { after }) }
      const kind = { kind: 'checkpoint', checkpoint: name }
      return handle(add(id ?? name, { review }, options, { ...kind, ...rest }) as Ref<Review>)
    },
    each<T>(list: readonly T[] | Ref<readonly T[]>, key: ((item: T) => string) | string, body: (item: never) => void) {
      if (isRef(list)) {
        const [over, ...path] = list.$ref
        within({ each: { over, path, key: String(key) } }, () => body(handle({ $ref: ['$item'] }) as never))
        return
      }
      for (const item of list) within({ fanKey: (key as (item: T) => string)(item) }, () => body(item as never))
    },
    all<O>(step: StepHandle<O>): Ref<(O | null)[]> {
      const [id] = step.$ref
      const branches = nodes.filter((node) => node.id === id)
      if (branches.some((node) => node.each)) return { $ref: step.$ref, $all: true }
      const refs = branches.map((node) => ({ $ref: step.$ref, ...(node.fanKey !== '' && { $fan: node.fanKey }) }))
      return refs as unknown as Ref<(O | null)[]>
    },
  }
}

function refuseImpossible(node: PlanNode, earlier: readonly PlanNode[]): void {
  const named = `${node.id}${node.fanKey && `:${node.fanKey}`}`
  if (node.id.startsWith('$')) throw new AppError('INTERNAL', `${named}: a node id does not start with $`)
  if (earlier.some((other) => other.id === node.id && other.fanKey === node.fanKey)) {
    throw new AppError('INTERNAL', `two nodes are called ${named}`)
  }
  const needed = [...refsIn(node.input).map((ref) => ref.$ref[0]), ...node.after.map((after) => after.node)]
  const unknown = needed.find((id) => id !== '$item' && !earlier.some((other) => other.id === id))
  if (unknown !== undefined) throw new AppError('INTERNAL', `${named} needs ${unknown}, which is not before it`)
}
