/** What decides the order of a checkpoint's revisions: the run, then the generation, then its own revision. */
export interface RevisedStep {
  readonly id: string
  readonly node: string
  readonly fanKey: string
  readonly generation: number
  readonly revision: number
  /** the run's ordinal within the project */
  readonly ordinal: number
}

/**
 * The number that the newest revision of each checkpoint has within its project, by step id. A redo or a re-opened
 * project starts a step at revision 1 again; these numbers go on counting, so an old file is never taken for the newest.
 */
export function revisionNumbers(steps: readonly RevisedStep[]): ReadonlyMap<string, number> {
  const ordered = steps.toSorted((a, b) => a.ordinal - b.ordinal || a.generation - b.generation)
  const counted = new Map<string, number>()
  const numbers = new Map<string, number>()
  for (const step of ordered) {
    const place = `${step.node}\u0000${step.fanKey}`
    const number = (counted.get(place) ?? 0) + step.revision
    counted.set(place, number)
    numbers.set(step.id, number)
  }
  return numbers
}
