import type { RevisedStep } from '#domain/revision-numbers.ts'
import { revisionNumbers } from '#domain/revision-numbers.ts'
import type { ScopedDb } from '#prisma/scoped.ts'

/** A checkpoint of a project, of any run, with its place in the order of revisions. */
export interface RevisedCheckpoint extends RevisedStep {
  readonly stage: string
  readonly status: string
  /** number of its newest revision within the project */
  readonly number: number
}

/** All checkpoints of a project over all runs, oldest first, each with the number that its newest revision has. */
export async function projectRevisions(db: ScopedDb, projectId: string): Promise<RevisedCheckpoint[]> {
  const runs = await db.run.findMany({ where: { projectId }, select: { id: true, ordinal: true } })
  const ordinals = new Map(runs.map((run) => [run.id, run.ordinal]))
  const steps = await db.step.findMany({
    where: { projectId, kind: 'checkpoint' },
    select: {
      id: true,
      node: true,
      fanKey: true,
      generation: true,
      revision: true,
      runId: true,
      stage: true,
      status: true,
    },
  })
  const ordered = steps
    .map(({ runId, ...step }) => ({ ...step, ordinal: ordinals.get(runId) ?? 0 }))
    .toSorted((a, b) => a.ordinal - b.ordinal || a.generation - b.generation)
  const numbers = revisionNumbers(ordered)
  return ordered.map((step) => ({ ...step, number: numbers.get(step.id) ?? step.revision }))
}
