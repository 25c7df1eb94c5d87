import type { CardSelect, Intent } from '#domain/card.ts'
import { sameLanguage } from '#domain/language.ts'
import type { ProviderView } from '#domain/project-view.ts'
import type { Review } from '#domain/review.ts'
import type { Scene } from '../scene.ts'

/** What a select may hold on every surface. */
const MOST_OPTIONS = 25

/** Run it again: as it was, or with another provider or voice. Values are 'again', 'provider:<id>' and 'voice:<provider>:<id>'. */
export function redoSelect(scene: Scene, intent: Intent, capability: string, review: Review): CardSelect {
  const { t, view } = scene
  const usable = view.choices.filter(
    (choice) =>
      choice.capability === capability &&
      choice.available &&
      (choice.provider !== 'captions' || hasCaptions(view, review.target)),
  )
  const options = [
    { value: 'again', label: t('cards.redoSame') },
    ...usable.map((choice) => ({ value: `provider:${choice.provider}`, label: providerLabel(scene, choice) })),
    ...usable.flatMap((choice) => voiceOptions(scene, choice, review.target)),
  ]
  return { intent, label: t('cards.redo'), options: options.slice(0, MOST_OPTIONS) }
}

/** Whether the source brought captions along in the language that is spoken, beside the film or in it. */
function hasCaptions({ steps }: Scene['view'], language: string): boolean {
  return steps
    .filter((step) => step.status === 'done' && (step.stage === 'download' || step.stage === 'extract'))
    .flatMap(({ output }) => (output as { captions?: readonly { language: string }[] } | undefined)?.captions ?? [])
    .some((track) => sameLanguage(track.language, language))
}

function providerLabel({ t }: Scene, choice: ProviderView): string {
  return choice.draft
    ? t('cards.redoWithDraft', { provider: choice.provider })
    : t('cards.redoWith', { provider: choice.provider })
}

function voiceOptions({ t }: Scene, choice: ProviderView, target: string): { value: string; label: string }[] {
  const base = target.split('-')[0]
  return choice.voices
    .filter((voice) => voice.languages.length === 0 || voice.languages.some((tag) => tag.split('-')[0] === base))
    .map((voice) => ({
      value: `voice:${choice.provider}:${voice.id}`,
      label: t('cards.redoVoice', { voice: voice.name, provider: choice.provider }),
    }))
}
