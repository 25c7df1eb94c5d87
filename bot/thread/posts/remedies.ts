import type { CardButton, CardForm, CardSelect, Intent } from '#domain/card.ts'
import { COMMON_LANGUAGES } from '#domain/common-languages.ts'
import type { StepErrorView } from '#domain/project-view.ts'
import type { Scene } from '../scene.ts'

/** Asks for one's own transcript in place of recognition. */
export function uploadForm({ t }: Scene, intent: Intent): CardForm {
  return {
    intent,
    label: t('cards.uploadTranscript'),
    inputs: [{ name: 'file', label: t('cards.transcriptFile'), kind: 'file', required: true }],
  }
}

/** Opens the form for provider keys; only an admin may. */
export function keyButton({ t, view }: Scene): CardButton {
  return {
    intent: {
      action: 'settings.keys',
      verb: 'show',
      target: view.project.id,
      version: 1,
      role: 'admin',
      oneShot: false,
    },
    label: t('cards.addKey'),
    style: 'secondary',
  }
}

/** Which language is spoken: the ones the failure names, else those that teams dub from most. */
export function languageSelect({ t, say }: Scene, intent: Intent, error: StepErrorView): CardSelect {
  const named = error.data['languages']
  const tags: readonly string[] =
    Array.isArray(named) && named.length > 0 ? named.filter((tag) => typeof tag === 'string') : COMMON_LANGUAGES
  const options = tags.slice(0, 25).map((tag) => ({ value: tag, label: say.language(tag) }))
  return { intent, label: t('cards.spokenLanguage'), options }
}
