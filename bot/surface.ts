import type { Card } from '#domain/card.ts'
import type { Caps } from './fit.ts'

/** A card with tokens instead of intents and URLs instead of artifacts: what a surface renders. Same JSON as the room's API (DESIGN 7). */
export interface RenderedCard extends Omit<Card, 'media' | 'buttons' | 'select' | 'form'> {
  readonly media?: readonly {
    url: string
    mime: string
    name: string
    bytes: number
    durationSeconds?: number
    language?: string
  }[]
  readonly buttons?: readonly { token: string; verb: string; label: string; style: string }[]
  readonly select?: { token: string; verb: string; label: string; options: readonly { value: string; label: string }[] }
  readonly form?: {
    token: string
    verb: string
    label: string
    inputs: readonly {
      name: string
      label: string
      kind: string
      required: boolean
      value?: string
      options?: readonly { value: string; label: string }[]
    }[]
  }
}

export interface OutgoingPost {
  readonly postId: string
  readonly key: string
  readonly revision: number
  readonly nonce: string
  readonly card: RenderedCard
  /** names or platform ids to mention, already resolved by the surface's own lookup */
  readonly mentions: readonly string[]
}

/** A chat platform. The reconciler is its only caller for posts. */
export interface Surface {
  readonly id: 'web' | 'discord' | 'telegram'
  /** what it can show */
  readonly caps: Caps
  /** least gap between two progress edits of one message, ms */
  readonly editGapMs: number
  /** Makes the thread where the platform needs one; returns its external id. */
  openThread(thread: { threadId: string; roomExternalId: string; title: string }): Promise<string>
  /** Sends a new post; returns its external id. The intent row exists already. */
  send(thread: { threadId: string; externalId: string }, post: OutgoingPost): Promise<string>
  edit(thread: { threadId: string; externalId: string }, externalId: string, post: OutgoingPost): Promise<void>
  /** After a crash between send and save: the external id of the post with this nonce, if it was sent. */
  find(thread: { threadId: string; externalId: string }, nonce: string): Promise<string | undefined>
  close(): Promise<void>
}
