import type { Translate } from '#core/words/index.ts'
import type { CardSelect } from '#domain/card.ts'

/** As many as every platform shows. */
const MOST = 25

/** A choice of projects whose thread opens. */
export function showSelect(
  t: Translate,
  projects: readonly { readonly id: string; readonly number: number; readonly title: string }[],
): CardSelect {
  const options = [...new Map(projects.map((project) => [project.id, project])).values()].slice(0, MOST)
  return {
    intent: { action: 'project.show', verb: 'show', target: 'project', version: 1, role: 'viewer', oneShot: false },
    label: t('commands.project.open'),
    options: options.map(({ id, number, title }) => ({ value: id, label: `#${number} ${title}`.slice(0, 100) })),
  }
}
