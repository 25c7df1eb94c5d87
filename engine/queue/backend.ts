import type { Resource } from '#domain/states.ts'

/** One dispatch of a step. Its job id is `<stepId>-<dispatch>`: adding it again while it is queued does nothing. */
export interface QueuedStep {
  readonly stepId: string
  readonly dispatch: number
}

/** Hands queued steps to workers. It holds nothing that the rows do not: what it loses is added again (DESIGN 5). */
export interface QueueBackend {
  readonly kind: 'redis' | 'postgres'
  /** Adds in order; known ids are swallowed. Makes its own tables again when they are gone. Throws QUEUE_DOWN. */
  add(resource: Resource, steps: readonly QueuedStep[]): Promise<void>
  /** Runs `run` for up to `slots` steps at once until closed. `run` never throws. */
  consume(resource: Resource, slots: number, run: (step: QueuedStep) => Promise<void>): Promise<QueueConsumer>
  /** Steps added and not finished, those being run included. */
  length(resource: Resource): Promise<number>
  close(): Promise<void>
}

export interface QueueConsumer {
  /** Takes nothing more; resolves when what runs is over. */
  close(): Promise<void>
}
