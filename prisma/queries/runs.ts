import type { Run, Step } from '../generated/client.ts'
import type { ScopedDb } from '../scoped.ts'

/** The run that a project's thread shows. */
export async function newestRun(db: ScopedDb, projectId: string): Promise<Run | undefined> {
  return (await db.run.findFirst({ where: { projectId }, orderBy: { ordinal: 'desc' } })) ?? undefined
}

/** All steps of a run, every generation, in a stable order. */
export async function listSteps(db: ScopedDb, runId: string): Promise<Step[]> {
  return await db.step.findMany({
    where: { runId },
    orderBy: [{ node: 'asc' }, { fanKey: 'asc' }, { generation: 'asc' }],
  })
}

/** Runs that are not over, oldest first, with what their projects are called: what /queue shows. */
export async function listOpenRuns(
  db: ScopedDb,
  limit: number,
): Promise<
  {
    id: string
    status: string
    priority: number
    startedAt: Date
    project: { id: string; number: number; title: string; kind: string }
  }[]
> {
  return await db.run.findMany({
    where: { status: { in: ['active', 'paused', 'waiting'] }, project: { deletedAt: null } },
    select: {
      id: true,
      status: true,
      priority: true,
      startedAt: true,
      project: { select: { id: true, number: true, title: true, kind: true } },
    },
    orderBy: { startedAt: 'asc' },
    take: limit,
  })
}
