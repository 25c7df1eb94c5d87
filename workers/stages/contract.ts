import type { z } from 'zod'
import type { Resource } from '#domain/states.ts'

/** Everything about a stage but its code: pipelines and bot read this and never load worker code. */
export interface Contract<N extends string = string, I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly name: N
  /** raise it when the same input would give another output: results of older versions are not reused */
  readonly version: number
  readonly resource: Resource
  /** command-line tools that it cannot work without */
  readonly needs: readonly string[]
  readonly timeoutMs: number
  /** transient failures that are retried */
  readonly retries: number
  /** how long its result may be reused, ms; 0: never */
  readonly reuseMs: number
  /** capabilities whose chosen provider is part of the reuse key: read from the input's `provider`/`strategy` and `need` */
  readonly providers?: (input: z.output<I>) => readonly {
    capability: 'text' | 'transcription' | 'translation' | 'speech'
    provider?: string | undefined
    strategy?: 'quality' | 'speed' | 'cost' | 'reliability' | 'load' | undefined
    from?: string
    to?: string
    language?: string
  }[]
  readonly input: I
  readonly output: O
}

/** Declares a stage's contract; workers/stages/contracts.ts lists it. */
export function defineContract<const N extends string, I extends z.ZodType, O extends z.ZodType>(
  contract: Contract<N, I, O>,
): Contract<N, I, O> {
  return contract
}
