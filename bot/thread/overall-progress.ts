import type { StepView } from '#domain/project-view.ts'
import type { StepState } from '#domain/states.ts'
import type { Scene } from './scene.ts'

/**
 * How far the whole run is: each stage weighs about as long as it takes. `etaSeconds` is that of the slowest step at work,
 * the only one that is known.
 */
export function overallProgress({ steps, say, t }: Scene): { ratio: number; note?: string; etaSeconds?: number } {
  const stages = steps.filter((step) => step.kind !== 'checkpoint')
  const total = stages.reduce((sum, step) => sum + weight(step), 0)
  const done = stages.reduce((sum, step) => sum + weight(step) * share(step), 0)
  const running = stages.filter((step) => step.status === 'running')
  const etas = running.flatMap((step) => step.progress?.etaSeconds ?? [])
  const note = [...new Set(running.map((step) => say.word(`stages.${step.stage}`, step.stage)))].join(', ')
  const waiting = steps.filter((step) => step.status === 'waiting_person').length
  const words = note || (waiting > 0 ? t('cards.waitsForYou') : '')
  return {
    ratio: total > 0 ? Math.min(1, done / total) : 0,
    ...(words && { note: words }),
    ...(etas.length > 0 && { etaSeconds: Math.round(Math.max(...etas)) }),
  }
}

/** Typical shares of a short dub's time; a stage that is not here weighs little. */
const WEIGHTS: Readonly<Record<string, number>> = {
  download: 8,
  extract: 3,
  transcribe: 16,
  translate: 10,
  voice: 24,
  fit: 5,
  mix: 6,
  mux: 4,
}

const SETTLED: ReadonlySet<StepState> = new Set(['done', 'failed', 'cancelled', 'skipped', 'superseded'])

function weight(step: StepView): number {
  return WEIGHTS[step.stage] ?? 1
}

function share(step: StepView): number {
  if (SETTLED.has(step.status)) return 1
  return step.status === 'running' ? (step.progress?.ratio ?? 0) : 0
}
