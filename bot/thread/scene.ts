import type { Translate } from '#core/words/index.ts'
import type { ProjectView, StepView } from '#domain/project-view.ts'
import type { Phrases } from './phrases.ts'
import { phrases } from './phrases.ts'

/** A project's view with what every post of its thread needs beside it. */
export interface Scene {
  readonly view: ProjectView
  readonly t: Translate
  readonly say: Phrases
  /** the newest generation of each node and branch: what people see */
  readonly steps: readonly StepView[]
  /** whom an ask, a failure or an end mentions: the requester, then the reviewers, each once */
  readonly mentions: readonly string[]
  /** generations of posts grow over redos and over runs, so that each redo and each re-opening posts anew */
  generation(step: StepView): number
  name(memberId: string): string
}

export function makeScene(view: ProjectView, t: Translate): Scene {
  const ordinal = view.run?.ordinal ?? 1
  return {
    view,
    t,
    say: phrases(view.locale, t),
    steps: newest(view.steps),
    mentions: view.notify ? [...new Set([view.project.requestedBy, ...view.project.reviewers])] : [],
    generation: (step) => (ordinal - 1) * GENERATIONS_PER_RUN + step.generation,
    name: (memberId) => view.members[memberId] ?? t('cards.someone'),
  }
}

/** More redos of one step than anyone makes in one run. */
const GENERATIONS_PER_RUN = 100_000

function newest(steps: readonly StepView[]): StepView[] {
  const byBranch = new Map<string, StepView>()
  for (const step of steps) {
    const branch = `${step.node}\n${step.fanKey}`
    const known = byBranch.get(branch)
    if (!known || known.generation < step.generation) byBranch.set(branch, step)
  }
  return [...byBranch.values()]
}
