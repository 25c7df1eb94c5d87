import { cardMedia } from '../card-media.ts'
import type { Scene } from '../scene.ts'
import type { DatedPost } from '../view.ts'

/** The newest export of the whole project: one file to keep. */
export function archivePosts({ view, t }: Scene): DatedPost[] {
  if (!view.archive) return []
  const { archive } = view
  return [
    {
      key: `archive:${archive.id}`,
      generation: 1,
      at: view.project.updatedAt,
      mentions: [],
      card: { title: t('cards.archiveTitle'), tone: 'done', media: [cardMedia(archive)] },
    },
  ]
}
