import type { Translate } from '#core/words/index.ts'
import type { Card, Intent } from '#domain/card.ts'

/** Up to so many have a button each; more are a choice. */
const MOST_BUTTONS = 6
/** As many as every platform shows. */
const MOST_OPTIONS = 25

/** Opens the threads of projects: a button for each, or one choice of many. A project that is named twice is offered once. */
export function openers(
  t: Translate,
  projects: readonly { readonly id: string; readonly number: number; readonly title: string }[],
): Pick<Card, 'buttons' | 'select'> {
  const unique = [...new Map(projects.map((project) => [project.id, project])).values()].slice(0, MOST_OPTIONS)
  if (unique.length > MOST_BUTTONS) {
    const options = unique.map(({ id, number, title }) => ({ value: id, label: `#${number} ${title}`.slice(0, 100) }))
    return { select: { intent: intent('project'), label: t('commands.project.open'), options } }
  }
  return {
    buttons: unique.map(({ id, number }) => ({
      intent: intent(id),
      label: unique.length === 1 ? t('commands.project.openIts') : t('commands.project.openOne', { number }),
      style: 'secondary',
    })),
  }
}

function intent(target: string): Intent {
  return { action: 'project.show', verb: 'show', target, version: 1, role: 'viewer', oneShot: false }
}
