import type { AppError } from '#core/errors.ts'
import type { Plan } from '#domain/plan.ts'
import type { Progress } from '#domain/progress.ts'
import type { Scope } from '#domain/scope.ts'
import type { Resource } from '#domain/states.ts'

/** A step that a worker holds. Only the holder of `fence` can complete or fail it. */
export interface ClaimedStep {
  readonly id: string
  readonly fence: bigint
  readonly scope: Scope
  readonly projectId: string
  readonly runId: string
  readonly node: string
  readonly fanKey: string
  readonly stage: string
  readonly version: number
  readonly timeoutMs: number
  readonly attempt: number
  readonly redo: number
  /** the plan's input with references resolved and overrides laid over it; not parsed yet */
  readonly input: unknown
}

/** The one engine: advances stored plans and knows no production. Made by `createEngine` (engine/create.ts). */
export interface Engine {
  /** Stores the plan, makes its steps and readies the first ones, in one transaction. */
  startRun(request: {
    readonly scope: Scope
    readonly projectId: string
    readonly plan: Plan
    readonly priority: number
    /** results carried over from an earlier run: re-opening a finished project */
    readonly seedFromRunId?: string
  }): Promise<{ runId: string }>

  // ── workers ──
  claim(request: {
    readonly stepId: string
    readonly dispatch: number
    readonly workerId: string
  }): Promise<ClaimedStep | null>
  /** Beats for all steps of a worker at once; returns the ids that it no longer holds (lost, paused or cancelled): abort them. */
  heartbeat(request: {
    readonly workerId: string
    readonly steps: readonly { id: string; fence: bigint; progress?: Progress }[]
  }): Promise<readonly string[]>
  /** One statement. False: a stale attempt, whose output was dropped. */
  complete(request: {
    readonly stepId: string
    readonly fence: bigint
    readonly output: unknown
    readonly reused?: boolean
  }): Promise<boolean>
  /**
   * `complete`, and in the same statement the next step of its chain for the same worker, where there is one of the same
   * resource and no other workspace waits for a place. The caller caps how long it goes on like that.
   */
  completeAndClaim(request: {
    readonly stepId: string
    readonly fence: bigint
    readonly output: unknown
    readonly reused?: boolean
    readonly workerId: string
  }): Promise<{ readonly completed: boolean; readonly next: ClaimedStep | null }>
  /** Applies the policy of the error's category. False: a stale attempt. */
  fail(request: { readonly stepId: string; readonly fence: bigint; readonly error: AppError }): Promise<boolean>
  /** Hands a step back unfinished (worker drains): ready again at once, no retry consumed. */
  handBack(request: { readonly stepId: string; readonly fence: bigint }): Promise<boolean>

  // ── people ──
  /** Approves what revision `revision` shows, with `output` (a Review) as the checkpoint's output. Throws ALREADY_DECIDED {by, decision} or STALE. */
  approve(request: {
    readonly scope: Scope
    readonly stepId: string
    readonly revision: number
    readonly memberId: string
    readonly output: unknown
  }): Promise<void>
  /** Ends this branch: the checkpoint is cancelled, what depends on it skipped, joins settle. Throws ALREADY_DECIDED or STALE. */
  reject(request: {
    readonly scope: Scope
    readonly stepId: string
    readonly revision: number
    readonly memberId: string
  }): Promise<void>
  /**
   * Generation + 1 of a node (same fanKey) with `overrides` laid over its input; supersedes it and all that depended on it.
   * `output` set (a checkpoint edited after approval): the new generation is done at once with that output.
   * On a finished project it makes a new run seeded from its results. Returns the run that now works.
   */
  redo(request: {
    readonly scope: Scope
    readonly runId: string
    readonly node: string
    readonly fanKey: string
    readonly memberId: string
    readonly overrides?: Readonly<Record<string, unknown>>
    readonly output?: unknown
  }): Promise<{ runId: string }>
  pause(request: { readonly scope: Scope; readonly runId: string }): Promise<void>
  resume(request: { readonly scope: Scope; readonly runId: string }): Promise<void>
  cancel(request: { readonly scope: Scope; readonly runId: string }): Promise<void>
  /** A failed step becomes ready again with fresh retries (optionally with changed input); what was skipped because of it waits again. */
  retry(request: {
    readonly scope: Scope
    readonly stepId: string
    readonly overrides?: Readonly<Record<string, unknown>>
  }): Promise<void>

  // ── upkeep ──
  /** Idempotent: checkpoints, dynamic fan-out, skips, settling joins, the run's state. */
  advance(runId: string): Promise<void>
  /** Tops up the queue of one resource, or of all; coalesced. */
  dispatch(resource?: Resource): Promise<void>
  /** At start and every 15 s: readies steps of dead workers, repairs runs, tops up the queues. `deadWorkers`: known to be gone, whatever their last beat. */
  reconcile(known?: { readonly deadWorkers: readonly string[] }): Promise<void>
  close(): Promise<void>
}
