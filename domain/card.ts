import type { Role } from './role.ts'

export type Tone = 'info' | 'working' | 'ask' | 'done' | 'failed'

/** The stable words that clients and scripts act on; labels are localized. */
export const VERBS = [
  'approve',
  'reject',
  'edit',
  'redo',
  'retry',
  'pause',
  'resume',
  'cancel',
  'apply',
  'discard',
  'dub',
  'transcribe',
  'subtitles',
  'download',
  'choose',
  'save',
  'delete',
  'confirm',
  'reopen',
  'listen',
  'upload',
  'show',
] as const
export type Verb = (typeof VERBS)[number]

/**
 * What a button, select or form means on the server. The reconciler mints one token per (room, intent) and reuses it.
 * `action` names an entry of the actions registry; `version` is the target's version that was shown.
 */
export interface Intent {
  readonly action: string
  readonly verb: Verb
  readonly target: string
  readonly version: number
  readonly role: Role
  /** one effect for ever: a double click or two approvers racing have one effect */
  readonly oneShot: boolean
  readonly payload?: unknown
  /** only this member may use it */
  readonly memberId?: string
}

export interface CardMedia {
  readonly artifactId: string
  readonly mime: string
  readonly name: string
  readonly bytes: number
  readonly durationSeconds?: number
  readonly language?: string
}

export interface CardButton {
  readonly intent: Intent
  readonly label: string
  readonly style: 'primary' | 'secondary' | 'danger'
}

export interface CardSelect {
  readonly intent: Intent
  readonly label: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
}

export interface CardInput {
  readonly name: string
  readonly label: string
  readonly kind: 'text' | 'multiline' | 'number' | 'password' | 'file' | 'choice'
  readonly required: boolean
  readonly value?: string
  readonly options?: readonly { readonly value: string; readonly label: string }[]
}

export interface CardForm {
  readonly intent: Intent
  readonly label: string
  readonly inputs: readonly CardInput[]
}

/** The neutral content of a post: plain text only (no markup), words already in the reader's language. */
export interface Card {
  readonly title?: string
  readonly text?: string
  readonly tone: Tone
  readonly fields?: readonly { readonly name: string; readonly value: string }[]
  readonly progress?: { readonly ratio: number; readonly note?: string; readonly etaSeconds?: number }
  readonly media?: readonly CardMedia[]
  readonly buttons?: readonly CardButton[]
  readonly select?: CardSelect
  readonly form?: CardForm
}

/** One post that a thread should show. A higher generation under the same key is a new post. */
export interface ThreadPost {
  readonly key: string
  readonly generation: number
  readonly card: Card
  /** members to mention: only asks, failures and ends notify */
  readonly mentions: readonly string[]
}

/** What a command answers. `thread`: it opened or acted in a project's thread. `card`: an answer in the asker's lobby (or in the thread it was typed in). */
export type Reply =
  | { readonly kind: 'thread'; readonly projectId: string }
  | { readonly kind: 'card'; readonly card: Card }
