import type { CardForm } from '#domain/card.ts'
import type { Result } from '#domain/review.ts'
import type { StepView } from '#domain/project-view.ts'
import { cardMedia } from '../card-media.ts'
import type { Scene } from '../scene.ts'
import type { DatedPost } from '../view.ts'
import { editForm } from './edit-form.ts'
import { madeFields, qualityFields } from './quality.ts'

/** What each finished target ends with: player, files, and what it took. */
export function resultPosts(scene: Scene): DatedPost[] {
  return scene.steps.flatMap((step) => {
    const { result } = step
    // carried over from the run before: its post is in the thread already
    if (!result || step.status !== 'done' || (step.reused && (scene.view.run?.ordinal ?? 1) > 1)) return []
    return [resultPost(scene, step, result)]
  })
}

function resultPost(scene: Scene, step: StepView, result: Result): DatedPost {
  const { view, t, say } = scene
  const form = lineForm(scene, step)
  return {
    key: `result:${result.target}`,
    generation: scene.generation(step),
    at: step.finishedAt ?? view.project.updatedAt,
    mentions: scene.mentions,
    card: {
      title: t('cards.resultTitle', {
        production: say.word(`cards.kind.${view.project.kind}`, view.project.kind),
        language: say.language(result.target),
      }),
      text: result.draft ? t('cards.resultDraft') : t('cards.resultText'),
      tone: 'done',
      fields: [...timeFields(scene, step, result), ...qualityFields(scene, result), ...madeFields(scene, result)],
      media: result.files.map((file) => cardMedia(file)),
      ...(form && { form }),
    },
  }
}

function timeFields({ view, t, say }: Scene, step: StepView, result: Result): { name: string; value: string }[] {
  const taken = view.run && step.finishedAt ? step.finishedAt.getTime() - view.run.startedAt.getTime() : undefined
  return [
    ...(result.durationMs === undefined ? [] : [{ name: t('cards.duration'), value: say.clock(result.durationMs) }]),
    ...(taken === undefined ? [] : [{ name: t('cards.timeTaken'), value: t('cards.took', { time: taken }) }]),
    { name: t('cards.cost'), value: say.money(view.cost.micros) },
  ]
}

/** A line can still be changed when all is done: the project opens again, and that line alone is made anew. */
function lineForm(scene: Scene, step: StepView): CardForm | undefined {
  const last = scene.steps.findLast(
    (other) => other.fanKey === step.fanKey && other.checkpoint?.review?.cues !== undefined,
  )
  return last?.checkpoint && editForm(scene, last.id, last.checkpoint.revision)
}
