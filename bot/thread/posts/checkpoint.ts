import type { Card, CardButton, CardForm, CardSelect, Intent, Verb } from '#domain/card.ts'
import type { CheckpointView, StepView } from '#domain/project-view.ts'
import type { Review } from '#domain/review.ts'
import { cardMedia } from '../card-media.ts'
import type { Scene } from '../scene.ts'
import type { DatedPost } from '../view.ts'
import { editForm } from './edit-form.ts'
import { firstLines, flaggedLines } from './review-lines.ts'
import { madeFields, qualityFields } from './quality.ts'
import { redoSelect } from './redo-select.ts'

/** One post for each checkpoint that asks, or that a person decided; a review that is switched off shows nothing. */
export function checkpointPosts(scene: Scene): DatedPost[] {
  return scene.steps.flatMap((step) => {
    const { checkpoint } = step
    if (!checkpoint?.review || checkpoint.auto || checkpoint.decision === 'auto') return []
    if (step.status !== 'waiting_person' && checkpoint.decision === undefined) return []
    // carried over from the run before: its post is in the thread already
    if (step.reused && step.status === 'done' && (scene.view.run?.ordinal ?? 1) > 1) return []
    const { review } = checkpoint
    return [
      {
        key: `${checkpoint.name}:${review.target}`,
        generation: scene.generation(step),
        at: step.readyAt ?? scene.view.project.createdAt,
        // decided, it needs nobody any more
        mentions: step.status === 'waiting_person' ? scene.mentions : [],
        card: checkpointCard(scene, step, checkpoint, review),
      },
    ]
  })
}

function checkpointCard(scene: Scene, step: StepView, checkpoint: CheckpointView, review: Review): Card {
  const { t, say } = scene
  const asks = step.status === 'waiting_person'
  const name = say.word(`cards.checkpoint.${checkpoint.name}`, checkpoint.name)
  return {
    title: t('cards.checkpointTitle', { checkpoint: name, language: say.language(review.target) }),
    text: [
      asks ? say.word(`cards.ask.${checkpoint.name}`, t('cards.ask.any')) : decided(scene, checkpoint),
      ...firstLines(scene, review),
      ...flaggedLines(scene, review),
    ].join('\n'),
    tone: asks ? 'ask' : checkpoint.decision === 'rejected' ? 'failed' : 'done',
    fields: [...countFields(scene, checkpoint, review), ...qualityFields(scene, review), ...madeFields(scene, review)],
    media: reviewMedia(checkpoint, review),
    ...(asks && asking(scene, step, checkpoint, review)),
  }
}

function decided({ t, name }: Scene, checkpoint: CheckpointView): string {
  const values = { name: checkpoint.decidedBy ? name(checkpoint.decidedBy) : t('cards.someone') }
  return checkpoint.decision === 'rejected' ? t('cards.rejectedBy', values) : t('cards.approvedBy', values)
}

function countFields({ t, say }: Scene, checkpoint: CheckpointView, review: Review): { name: string; value: string }[] {
  return [
    { name: t('cards.lines'), value: String(review.lines) },
    { name: t('cards.flagged'), value: review.flaggedCount > 0 ? String(review.flaggedCount) : t('cards.none') },
    ...(review.durationMs === undefined ? [] : [{ name: t('cards.duration'), value: say.clock(review.durationMs) }]),
    ...(checkpoint.revision > 1 ? [{ name: t('cards.revision'), value: String(checkpoint.revision) }] : []),
  ]
}

/** Players first, then the whole outputs, then the file to edit under the name that brings it back here. */
function reviewMedia(checkpoint: CheckpointView, review: Review): ReturnType<typeof cardMedia>[] {
  const files = [...review.media, ...(review.outputs ?? [])].map((file) => cardMedia(file))
  return review.subtitles ? [...files, cardMedia(review.subtitles, checkpoint.editName)] : files
}

function asking(scene: Scene, step: StepView, checkpoint: CheckpointView, review: Review): Partial<Card> {
  const { t } = scene
  const intent = (verb: Verb, action: string): Intent => ({
    action,
    verb,
    target: step.id,
    version: checkpoint.revision,
    role: 'editor',
    oneShot: true,
  })
  const buttons: CardButton[] = [
    { intent: intent('approve', 'checkpoint.approve'), label: t('cards.approve'), style: 'primary' },
    { intent: intent('reject', 'checkpoint.reject'), label: t('cards.reject'), style: 'danger' },
  ]
  const select: CardSelect | undefined =
    checkpoint.redo && redoSelect(scene, intent('redo', 'checkpoint.redo'), checkpoint.redo.capability, review)
  const form: CardForm | undefined =
    review.cues || checkpoint.editsAt ? editForm(scene, step.id, checkpoint.revision) : undefined
  return { buttons, ...(select && { select }), ...(form && { form }) }
}
