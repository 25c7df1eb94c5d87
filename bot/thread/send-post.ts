import type { ServiceContext } from '#services/context.ts'
import { changePost } from '#services/chat/change-post.ts'
import { confirmPost } from '#services/chat/confirm-post.ts'
import type { KeptPost } from '#services/chat/thread-posts.ts'
import type { OutgoingPost, RenderedCard, Surface } from '../surface.ts'

interface Sending {
  readonly db: ServiceContext['db']
  readonly surface: Surface
  readonly thread: { readonly id: string; readonly externalId: string }
  readonly post: KeptPost
  readonly card: RenderedCard
  readonly hash: string
}

/** Sends a post whose intent row exists. `mayBeSent`: the row was found, so the platform is asked first. */
export async function deliver(
  sending: Sending & { readonly mentions: readonly string[]; readonly mayBeSent: boolean },
): Promise<void> {
  const { db, surface, thread, post, mayBeSent } = sending
  const place = { threadId: thread.id, externalId: thread.externalId }
  const found = mayBeSent ? await surface.find(place, post.nonce) : undefined
  const externalId = found ?? (await surface.send(place, outgoing(sending, post.revision)))
  await confirmPost(db, post.id, externalId)
  // what was sent then may not be what is wanted now
  if (post.cardHash !== sending.hash) await editPost({ ...sending, post: { ...post, externalId } })
}

/** Edits a post that the platform has, then keeps what it shows: a crash in between repeats an identical edit. */
export async function editPost(sending: Sending): Promise<void> {
  const { db, surface, thread, post, card, hash } = sending
  const place = { threadId: thread.id, externalId: thread.externalId }
  await surface.edit(place, post.externalId ?? post.id, outgoing({ ...sending, mentions: [] }, post.revision + 1))
  await changePost({ db, postId: post.id, card, cardHash: hash })
}

function outgoing(
  { post, card, mentions }: Sending & { readonly mentions: readonly string[] },
  revision: number,
): OutgoingPost {
  return { postId: post.id, key: post.key, revision, nonce: post.nonce, card, mentions }
}
