import { AppError } from '#core/errors.ts'
import { approve } from '#services/checkpoints/approve.ts'
import { openCheckpoints } from '#services/checkpoints/open-checkpoints.ts'
import { controlRun } from '#services/projects/control-run.ts'
import { startProduction, type ProductionRequest } from '#services/projects/start-production.ts'
import { playSteps } from './play-steps.ts'
import type { Bench, Crew } from './service-context.ts'

/** A production played until only people can go on; returns the project's id. */
export async function production(bench: Bench, crew: Crew, asked: ProductionRequest): Promise<string> {
  const source = `https://example.com/${crew.name}.mp4`
  const { projectId } = await startProduction({
    ctx: crew.context(),
    kind: 'dub',
    asked: { source, ...asked },
    files: [],
  })
  await play(bench, crew, projectId)
  return projectId
}

export async function play(bench: Bench, crew: Crew, projectId: string): Promise<string[]> {
  const { engine, storage } = bench
  return playSteps({ db: crew.db, engine, storage, ...(crew.name === 'crew' ? {} : { tag: crew.name }) }, projectId)
}

/** A dub whose transcript waits for a person. */
export async function waitingTranscript(bench: Bench, crew: Crew, to = 'es'): Promise<string> {
  return production(bench, crew, { to })
}

/** A dub that was cancelled at its transcript. */
export async function cancelled(bench: Bench, crew: Crew): Promise<string> {
  const projectId = await waitingTranscript(bench, crew)
  await controlRun({ ctx: crew.context(), projectId, verb: 'cancel' })
  return projectId
}

/** A dub that ran to its result; `reviewed`: a person approved each step. */
export async function finished(bench: Bench, crew: Crew, reviewed = false): Promise<string> {
  const projectId = await production(bench, crew, { to: 'es', review: reviewed ? 'on' : 'off' })
  const ctx = crew.context()
  for (
    let open = await openCheckpoints({ ctx, projectId });
    open[0] !== undefined;
    open = await openCheckpoints({ ctx, projectId })
  ) {
    await approve({ ctx, stepId: open[0].stepId, revision: open[0].revision })
    await play(bench, crew, projectId)
  }
  return projectId
}

/** A dub whose recognition failed: nobody can transcribe it. Returns the project and the failed step. */
export async function failed(bench: Bench, crew: Crew): Promise<{ projectId: string; stepId: string }> {
  const source = `https://example.com/${crew.name}.mp4`
  const { projectId } = await startProduction({
    ctx: crew.context(),
    kind: 'dub',
    asked: { source, to: 'es' },
    files: [],
  })
  const { db } = crew
  const { engine, storage } = bench
  const next = () => db.step.findFirst({ where: { projectId, status: 'ready', kind: 'stage' } })
  for (let step = await next(); step !== null; step = await next()) {
    if (step.stage !== 'transcribe') {
      await playSteps({ db, engine, storage, stopBefore: 'transcribe' }, projectId)
      continue
    }
    const claimed = await engine.claim({ stepId: step.id, dispatch: step.dispatch, workerId: 'player' })
    if (claimed === null) throw new Error('the step was not to be had')
    await engine.fail({
      stepId: claimed.id,
      fence: claimed.fence,
      error: new AppError('NO_TRANSCRIBER', 'nobody', { data: { language: 'en' } }),
    })
    return { projectId, stepId: step.id }
  }
  throw new Error('nothing to fail')
}
