import type { Card } from '#domain/card.ts'
import type { ServiceContext } from '#services/context.ts'
import { intendPost } from '#services/chat/intend-post.ts'
import { WEB_CAPS, fit } from './fit.ts'
import { cardHash } from './thread/card-hash.ts'
import { replyKey } from './thread/reply-key.ts'
import { renderCard } from './tokens.ts'

/** Posts an answer that is for one member, in the thread where it was asked. */
export async function postReply(request: {
  readonly db: ServiceContext['db']
  readonly thread: { readonly id: string; readonly roomId: string; readonly projectId: string | null }
  readonly memberId: string
  readonly card: Card
}): Promise<void> {
  const { db, thread, memberId } = request
  const card = fit(await renderCard({ db, thread, card: request.card }), WEB_CAPS)
  await intendPost({
    db,
    thread,
    key: replyKey(memberId),
    generation: 1,
    card,
    cardHash: cardHash(card),
    confirmed: true,
  })
}
