import type { DraftStep } from './run-draft.ts'

/** The columns of table `step` by field, with their SQL types. */
export const STEP_COLUMNS = {
  id: ['id', 'text'],
  node: ['node', 'text'],
  fanKey: ['fan_key', 'text'],
  generation: ['generation', 'int'],
  kind: ['kind', 'text'],
  stage: ['stage', 'text'],
  resource: ['resource', 'text'],
  redo: ['redo', 'int'],
  weight: ['weight', 'int'],
  status: ['status', 'text'],
  needs: ['needs', 'int'],
  overrides: ['overrides', 'jsonb'],
  attempt: ['attempt', 'int'],
  crashes: ['crashes', 'int'],
  fence: ['fence', 'bigint'],
  workerId: ['worker_id', 'text'],
  queuedAt: ['queued_at', 'timestamptz'],
  availableAt: ['available_at', 'timestamptz'],
  readyAt: ['ready_at', 'timestamptz'],
  startedAt: ['started_at', 'timestamptz'],
  finishedAt: ['finished_at', 'timestamptz'],
  progress: ['progress', 'jsonb'],
  output: ['output', 'jsonb'],
  subject: ['subject', 'jsonb'],
  error: ['error', 'jsonb'],
  revision: ['revision', 'int'],
  decidedBy: ['decided_by', 'text'],
  decision: ['decision', 'text'],
  reused: ['reused', 'boolean'],
} as const satisfies Record<keyof DraftStep, readonly [column: string, type: string]>

export const STEP_FIELDS = Object.keys(STEP_COLUMNS) as readonly (keyof DraftStep)[]
