import { controlRun } from '#services/projects/control-run.ts'
import { startProduction } from '#services/projects/start-production.ts'
import { playSteps } from './play-steps.ts'
import type { Bench, Crew } from './service-context.ts'

/** A dub whose transcript waits for a person; returns the project's id. */
export async function waitingTranscript(bench: Bench, crew: Crew, to = 'es'): Promise<string> {
  const ctx = crew.context()
  const { projectId } = await startProduction({ ctx, kind: 'dub', asked: { source: 'https://example.com/talk.mp4', to }, files: [] })
  await playSteps({ db: crew.db, engine: bench.engine, storage: bench.storage }, projectId)
  return projectId
}

/** A dub that was cancelled at its transcript. */
export async function cancelled(bench: Bench, crew: Crew): Promise<string> {
  const projectId = await waitingTranscript(bench, crew)
  await controlRun({ ctx: crew.context(), projectId, verb: 'cancel' })
  return projectId
}

/** A dub that ran to its result, without review. */
export async function finished(bench: Bench, crew: Crew, to = 'es'): Promise<string> {
  const ctx = crew.context()
  const { projectId } = await startProduction({ ctx, kind: 'dub', asked: { source: 'https://example.com/talk.mp4', to, review: 'off' }, files: [] })
  await playSteps({ db: crew.db, engine: bench.engine, storage: bench.storage }, projectId)
  return projectId
}
