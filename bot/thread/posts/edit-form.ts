import type { CardForm } from '#domain/card.ts'
import type { Scene } from '../scene.ts'

/** Changes one line of what a checkpoint shows, or showed, as `revision`. */
export function editForm({ t }: Scene, stepId: string, revision: number): CardForm {
  return {
    intent: {
      action: 'checkpoint.edit-line',
      verb: 'edit',
      target: stepId,
      version: revision,
      role: 'editor',
      oneShot: false,
    },
    label: t('cards.editLine'),
    inputs: [
      { name: 'line', label: t('cards.line'), kind: 'number', required: true },
      { name: 'text', label: t('cards.newText'), kind: 'multiline', required: true },
    ],
  }
}
