export const RUN_STATES = ['active', 'paused', 'waiting', 'done', 'done_with_failures', 'failed', 'cancelled'] as const
export type RunState = (typeof RUN_STATES)[number]

export const STEP_STATES = [
  'waiting',
  'ready',
  'running',
  'waiting_person',
  'done',
  'failed',
  'cancelled',
  'skipped',
  'superseded',
] as const
export type StepState = (typeof STEP_STATES)[number]

export const RESOURCES = ['io', 'cpu', 'gpu'] as const
export type Resource = (typeof RESOURCES)[number]

/** Weights of start-time fair queueing. */
export const PRIORITIES = { low: 1, medium: 2, high: 4, urgent: 8 } as const
export type Priority = keyof typeof PRIORITIES
