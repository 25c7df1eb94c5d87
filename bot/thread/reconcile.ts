import type { Logger } from '#core/log.ts'
import { translator } from '#core/words/index.ts'
import type { ThreadPost } from '#domain/card.ts'
import type { ProjectView } from '#domain/project-view.ts'
import type { ServiceContext } from '#services/context.ts'
import { intendPost } from '#services/chat/intend-post.ts'
import { keepTitle } from '#services/chat/keep-title.ts'
import { nameThread } from '#services/chat/name-thread.ts'
import type { ChatThread } from '#services/chat/project-threads.ts'
import { projectThreads } from '#services/chat/project-threads.ts'
import type { KeptPost } from '#services/chat/thread-posts.ts'
import { threadPosts } from '#services/chat/thread-posts.ts'
import { fit } from '../fit.ts'
import type { RenderedCard, Surface } from '../surface.ts'
import { renderCard } from '../tokens.ts'
import { cardHash } from './card-hash.ts'
import { isReply } from './reply-key.ts'
import { retireCard } from './retire-card.ts'
import { deliver, editPost } from './send-post.ts'
import { threadView } from './view.ts'

/** One reconciling of one project: what its threads should show against what they show. */
export interface Reconciling {
  readonly db: ServiceContext['db']
  readonly view: ProjectView
  readonly surfaces: ReadonlyMap<string, Surface>
  readonly log: Logger
}

/** Brings every thread of a project up to its view: posts what is missing, edits what changed, retires what is over. */
export async function reconcileProject(work: Reconciling): Promise<void> {
  const wanted = threadView(work.view, translator(work.view.locale))
  const { id, title, storedTitle } = work.view.project
  if (title !== storedTitle) await keepTitle(work.db, { id, title })
  const threads = await projectThreads(work.db, work.view.project.id)
  await Promise.all(threads.map((thread) => reconcileThread(work, thread, wanted)))
}

async function reconcileThread(work: Reconciling, thread: ChatThread, wanted: readonly ThreadPost[]): Promise<void> {
  const surface = work.surfaces.get(thread.surface)
  // a room of a platform that is not configured now: its thread catches up when it is
  if (!surface) return
  const externalId = thread.externalId ?? (await openThread(work, surface, thread))
  const place = { db: work.db, surface, thread: { ...thread, externalId } }
  const kept = new Map((await threadPosts(work.db, thread.id)).map((post) => [identity(post), post]))
  for (const post of wanted) {
    const card = fit(await renderCard({ db: work.db, thread, card: post.card }), surface.caps)
    await showPost(place, kept.get(identity(post)), post, card)
    kept.delete(identity(post))
  }
  for (const post of kept.values()) await retirePost(work, place, post)
}

interface Place {
  readonly db: ServiceContext['db']
  readonly surface: Surface
  readonly thread: ChatThread & { readonly externalId: string }
}

async function showPost(place: Place, kept: KeptPost | undefined, post: ThreadPost, card: RenderedCard): Promise<void> {
  const hash = cardHash(card)
  if (kept?.externalId && kept.cardHash === hash) return
  if (kept?.externalId) return editPost({ ...place, post: kept, card, hash })
  const intended =
    kept ??
    (await intendPost({
      db: place.db,
      thread: place.thread,
      key: post.key,
      generation: post.generation,
      card,
      cardHash: hash,
      confirmed: false,
    }))
  // an intent that was there before may have been sent by a bot that died: deliver looks for it first
  await deliver({ ...place, post: intended, card, hash, mentions: post.mentions, mayBeSent: kept !== undefined })
}

/** What was shown and is not wanted any more keeps its words and loses its buttons. */
async function retirePost(work: Reconciling, place: Place, post: KeptPost): Promise<void> {
  if (isReply(post.key) || !post.externalId) return
  const card = await retireCard(work.db, post.card as RenderedCard, translator(work.view.locale))
  if (card) await editPost({ ...place, post, card, hash: cardHash(card) })
}

async function openThread(work: Reconciling, surface: Surface, thread: ChatThread): Promise<string> {
  const externalId = await surface.openThread({
    threadId: thread.id,
    roomExternalId: thread.roomExternalId,
    title: thread.title,
  })
  await nameThread(work.db, thread.id, externalId)
  return externalId
}

function identity(post: { readonly key: string; readonly generation: number }): string {
  return `${post.key}\n${post.generation}`
}
