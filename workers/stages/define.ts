import type { z } from 'zod'
import type { Egress } from '#core/egress/egress.ts'
import type { Logger } from '#core/log.ts'
import type { ArtifactKind, ArtifactRef } from '#domain/artifact.ts'
import type { Progress } from '#domain/progress.ts'
import type { Scope } from '#domain/scope.ts'
import type { Capabilities, Capability, ProviderNeed } from '#providers/define.ts'
import type { Contract } from './contract.ts'

/** How a provider is chosen: by name, else by strategy, with fallback in order. */
export interface ProviderChoice {
  readonly provider?: string | undefined
  readonly strategy?: 'quality' | 'speed' | 'cost' | 'reliability' | 'load' | undefined
}

export interface Used<T> {
  readonly value: T
  readonly provider: string
  readonly model: string | undefined
  readonly draft: boolean
}

/** What a stage may touch. Everything is scoped to the step's workspace and niche. */
export interface StageContext {
  readonly scope: Scope
  readonly projectId: string
  readonly stepId: string
  /** an empty folder of this attempt; removed afterwards */
  readonly workDir: string
  readonly signal: AbortSignal
  readonly log: Logger
  readonly egress: Egress
  readonly artifacts: {
    /** a readable local path of the file; never write to it */
    path(ref: ArtifactRef): Promise<string>
    /** moves a file of the work folder into the store */
    save(file: {
      path: string
      kind: ArtifactKind
      mime: string
      name: string
      language?: string | undefined
      durationMs?: number | undefined
    }): Promise<ArtifactRef>
    saveText(file: {
      text: string
      kind: ArtifactKind
      mime: string
      name: string
      language?: string | undefined
    }): Promise<ArtifactRef>
    readJson<T>(ref: ArtifactRef, schema: z.ZodType<T>): Promise<T>
  }
  /** Calls the best available provider, falls back in order, and records every call (duration, cost, outcome). */
  use<K extends Capability, T extends { usage: { model?: string } }>(
    capability: K,
    choice: ProviderChoice,
    need: ProviderNeed,
    call: (client: Capabilities[K], provider: { id: string; draft: boolean; local: boolean }) => Promise<T>,
  ): Promise<Used<T>>
  /** Whether any provider could do it now (for rungs that are optional, e.g. rewriting). */
  has(capability: Capability, need: ProviderNeed): Promise<boolean>
  /** The ids that `use` would try, in order: part of a reuse key. */
  candidates(capability: Capability, choice: ProviderChoice, need: ProviderNeed): Promise<readonly string[]>
  /** A value made once per key within workspace and niche, kept `ttlMs`; artifact refs inside stay referenced. */
  cached<T>(key: readonly unknown[], ttlMs: number, schema: z.ZodType<T>, make: () => Promise<T>): Promise<T>
  /** Throttled; latest wins. */
  progress(value: Progress): void
}

export interface Stage<N extends string = string, I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly contract: Contract<N, I, O>
  run(input: z.output<I>, context: StageContext): Promise<z.input<O>>
}

/** Binds a contract to its code. */
export function defineStage<const N extends string, I extends z.ZodType, O extends z.ZodType>(
  contract: Contract<N, I, O>,
  stage: { run(input: z.output<I>, context: StageContext): Promise<z.input<O>> },
): Stage<N, I, O> {
  return { contract, run: stage.run }
}
