import { z } from 'zod'

/**
 * A reference to an earlier output inside a step's input: `{ $ref: ['probe', 'durationMs'] }`; stored as JSON.
 * Inside a dynamic fan-out the node `$item` is the list's own element.
 */
export interface Ref<T = unknown> {
  readonly $ref: readonly [node: string, ...path: string[]]
  /** the branch of a fan-out that is meant; absent: the reader's own branch where it has that node, else the trunk */
  readonly $fan?: string
  /** every branch of a dynamic fan-out, in the list's order: an array */
  readonly $all?: true
  /** never present: carries the type of what is referred to */
  readonly $type?: T
}

const nodeBase = z.object({
  id: z.string(),
  /** a fixed branch of a fan-out known when the plan is made, e.g. a language; '' outside */
  fanKey: z.string().default(''),
  /** set for a node inside a dynamic fan-out: the node whose output list it fans out over, and where the list lies */
  each: z.object({ over: z.string(), path: z.array(z.string()), key: z.string() }).optional(),
  input: z.unknown(),
  /** dependencies beyond those that the input refers to */
  after: z.array(z.object({ node: z.string(), fanKey: z.string().optional() })).default([]),
  /** a join that settles: failed and rejected branches arrive as null instead of stopping it */
  settles: z.boolean().default(false),
})

export const planNode = z.discriminatedUnion('kind', [
  nodeBase.extend({
    kind: z.literal('stage'),
    stage: z.string(),
    version: z.int(),
    resource: z.enum(['io', 'cpu', 'gpu']),
    timeoutMs: z.int(),
    retries: z.int(),
  }),
  nodeBase.extend({
    kind: z.literal('checkpoint'),
    /** the first half of the post's key: 'transcript', 'translation', 'final' */
    checkpoint: z.string(),
    /** review is off: approve at once */
    auto: z.boolean(),
    /** the node (same fanKey) that [redo] runs again, and which overrides its select offers */
    redo: z.object({ node: z.string(), capability: z.string() }).optional(),
    /** a person's edit of this checkpoint becomes a new revision of that one (final → translation) */
    editsAt: z.string().optional(),
  }),
])
export type PlanNode = z.output<typeof planNode>

/** What is to be done, as data: stored with the run, so new code never strands an old one. */
export const plan = z.object({ pipeline: z.string(), version: z.int(), nodes: z.array(planNode) })
export type Plan = z.output<typeof plan>
