import type { StepView } from '#domain/project-view.ts'

/** Whether a step stopped only to ask: nothing went wrong, and an answer lets it go on. */
export function needsAnswer({ status, error }: Pick<StepView, 'status' | 'error'>): boolean {
  return status === 'failed' && error?.code === 'NEEDS_LANGUAGE'
}
