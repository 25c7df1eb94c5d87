import { errorWords as wordsOf } from '#core/words/index.ts'
import type { StepErrorView } from '#domain/project-view.ts'
import type { Scene } from './scene.ts'

/** What is wrong, in the reader's language. Raw tool output stays in the log. */
export function errorWords({ t }: Pick<Scene, 't'>, error: Pick<StepErrorView, 'code' | 'data'>): string {
  return wordsOf(t, error)
}
