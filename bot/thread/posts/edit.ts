import type { CueChange } from '#domain/diff.ts'
import type { Intent } from '#domain/card.ts'
import type { PendingRevision } from '#domain/project-view.ts'
import type { Scene } from '../scene.ts'
import type { DatedPost } from '../view.ts'

/** How many changed lines a card shows; the rest is counted. */
const SHOWN = 20

/** A proposed edit: what would change, and [apply] or [discard]. */
export function editPosts(scene: Scene): DatedPost[] {
  return scene.view.pending.map((revision) => editPost(scene, revision))
}

function editPost(scene: Scene, revision: PendingRevision): DatedPost {
  const { t, say, name } = scene
  const checkpoint = say.word(`cards.checkpoint.${revision.checkpoint}`, revision.checkpoint)
  const shown = revision.changes.slice(0, SHOWN).map((change) => changeWords(scene, change))
  const more = revision.changes.length - shown.length
  const intent = (verb: 'apply' | 'discard'): Intent => ({
    action: `revision.${verb}`,
    verb,
    target: revision.id,
    version: revision.number,
    role: 'editor',
    oneShot: true,
  })
  return {
    key: `edit:${revision.checkpoint}:${revision.target}:${revision.id}`,
    generation: 1,
    at: revision.createdAt,
    mentions: [],
    card: {
      title: t('cards.editTitle', { checkpoint, language: say.language(revision.target) }),
      text: [
        t('cards.editBy', { name: name(revision.memberId), count: revision.changes.length, revision: revision.number }),
        '',
        ...shown,
        ...(more > 0 ? [t('cards.moreLines', { count: more })] : []),
      ].join('\n'),
      tone: 'ask',
      buttons: [
        { intent: intent('apply'), label: t('cards.apply'), style: 'primary' },
        { intent: intent('discard'), label: t('cards.discard'), style: 'secondary' },
      ],
    },
  }
}

function changeWords({ say }: Scene, change: CueChange): string {
  const before = 'before' in change ? change.before : undefined
  const after = 'after' in change ? change.after : undefined
  return [
    ...(before ? [`− ${change.line} · ${say.clock(before.startMs)}  ${before.text}`] : []),
    ...(after ? [`+ ${change.line} · ${say.clock(after.startMs)}  ${after.text}`] : []),
  ].join('\n')
}
