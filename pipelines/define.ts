import type { z } from 'zod'
import type { PlanBuilder } from '#engine/plan-builder.ts'

/** A production: validated input → a plan, as data. It reads like a recipe. */
export interface Pipeline<N extends string = string, I extends z.ZodType = z.ZodType> {
  readonly name: N
  readonly version: number
  readonly input: I
  plan(p: PlanBuilder, input: z.output<I>): void
}

/** Declares a pipeline; pipelines/index.ts lists it. */
export function definePipeline<const N extends string, I extends z.ZodType>(pipeline: Pipeline<N, I>): Pipeline<N, I> {
  return pipeline
}
