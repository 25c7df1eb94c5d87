import type { Translate } from '#core/words/index.ts'
import type { ThreadPost } from '#domain/card.ts'
import type { ProjectView } from '#domain/project-view.ts'
import { archivePosts } from './posts/archive.ts'
import { checkpointPosts } from './posts/checkpoint.ts'
import { editPosts } from './posts/edit.ts'
import { failurePosts } from './posts/failure.ts'
import { reminderPosts } from './posts/reminder.ts'
import { resultPosts } from './posts/result.ts'
import { statusPost } from './posts/status.ts'
import type { Scene } from './scene.ts'
import { makeScene } from './scene.ts'

/** A post and the moment that it is about: threads read in order of time. */
export interface DatedPost extends ThreadPost {
  readonly at: Date
}

/**
 * What a project's thread should show now, in order: pure, so that a bot that was away for an hour shows what one that
 * was there shows. A post that was shown and is not wanted any more stays, without its buttons (see reconcile).
 */
export function threadView(view: ProjectView, t: Translate): ThreadPost[] {
  const scene = makeScene(view, t)
  if (view.project.deletedAt) return [deletedPost(scene)]
  const events = [checkpointPosts, editPosts, reminderPosts, failurePosts, resultPosts, archivePosts].flatMap((posts) =>
    posts(scene),
  )
  const inOrder = events.toSorted((a, b) => a.at.getTime() - b.at.getTime())
  return [statusPost(scene), ...inOrder.map(({ at: _at, ...post }) => addressed(scene, post))]
}

/** The card itself names who should look: not every surface has mentions, and a post can be read later. */
function addressed({ t, name }: Scene, post: ThreadPost): ThreadPost {
  if (post.mentions.length === 0) return post
  const whom = { name: t('cards.for'), value: post.mentions.map((id) => name(id)).join(', ') }
  return { ...post, card: { ...post.card, fields: [whom, ...(post.card.fields ?? [])] } }
}

function deletedPost({ view, t }: Scene): ThreadPost {
  const title = t('cards.statusTitle', { number: view.project.number, title: view.project.title })
  return { key: 'status', generation: 1, mentions: [], card: { title, text: t('cards.deleted'), tone: 'info' } }
}
