import type { StepView } from '#domain/project-view.ts'
import type { StepState } from '#domain/states.ts'
import { errorWords } from './error-words.ts'
import { needsAnswer } from './needs-answer.ts'
import type { Scene } from './scene.ts'

/** One field for the source and one for each branch (a language), saying in words what it is at. */
export function trackFields(scene: Scene): { name: string; value: string }[] {
  const tracks = Map.groupBy(scene.steps, (step) => step.fanKey)
  return [...tracks].map(([fanKey, steps]) => ({
    name: fanKey === '' ? scene.t('cards.source') : scene.say.language(fanKey),
    value: trackWords(scene, steps),
  }))
}

/** What is told first when a branch has several steps: what is wrong, who waits, what is at work, what comes next. */
const TELL_FIRST: readonly StepState[] = ['failed', 'waiting_person', 'running', 'ready', 'cancelled']

function trackWords(scene: Scene, steps: readonly StepView[]): string {
  for (const status of TELL_FIRST) {
    const found = steps.filter((step) => step.status === status)
    if (found.length > 0) return [...new Set(found.map((step) => stepWords(scene, step)))].join(' · ')
  }
  if (steps.every((step) => step.status === 'done' || step.status === 'superseded')) return scene.t('cards.track.done')
  if (steps.some((step) => step.status === 'skipped')) return scene.t('cards.track.skipped')
  return scene.t('cards.track.waiting')
}

function stepWords(scene: Scene, step: StepView): string {
  const { t, say } = scene
  const name = step.checkpoint
    ? say.word(`cards.checkpoint.${step.checkpoint.name}`, step.checkpoint.name)
    : say.word(`stages.${step.stage}`, step.stage)
  if (step.status === 'failed' && !needsAnswer(step)) return t('cards.track.failed', { step: name })
  if (step.status === 'waiting_person' || step.status === 'failed') return t('cards.track.waitsForYou', { step: name })
  if (step.status === 'cancelled')
    return step.checkpoint?.decision === 'rejected'
      ? t('cards.track.rejected', { step: name })
      : t('cards.track.cancelled')
  if (step.status === 'running')
    return [`${name} ${say.percent(step.progress?.ratio ?? 0)}`, ...progressWords(scene, step)].join(' · ')
  if (step.error) return t('cards.track.triesAgain', { step: name, problem: errorWords(scene, step.error) })
  return t('cards.track.ready', { step: name })
}

/** The step's own note (MB/s, lines) and how long it still takes. */
function progressWords({ t, say }: Scene, { progress }: StepView): string[] {
  const note =
    progress?.note &&
    say.word(
      progress.note.key.startsWith('progress.') ? progress.note.key : `progress.${progress.note.key}`,
      '',
      progress.note.values,
    )
  const eta =
    progress?.etaSeconds === undefined ? undefined : t('cards.track.left', { time: progress.etaSeconds * 1000 })
  return [note, eta].filter((words) => words !== undefined && words !== '') as string[]
}
