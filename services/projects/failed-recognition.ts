import type { ScopedDb } from '#prisma/scoped.ts'
import { newestRun } from '#prisma/queries/runs.ts'

/** The step of a project's newest run that failed for want of a transcript: a subtitle file sent in its thread is meant for it. */
export async function failedRecognition(db: ScopedDb, projectId: string): Promise<string | undefined> {
  const run = await newestRun(db, projectId)
  if (run === undefined) return undefined
  const step = await db.step.findFirst({
    where: { runId: run.id, stage: 'transcribe', status: 'failed' },
    select: { id: true },
  })
  return step?.id
}
