import type { Logger } from '#core/log.ts'
import type { Storage } from '#core/storage/storage.ts'
import type { Command } from '#commands/define.ts'
import type { Scope } from '#domain/scope.ts'
import type { ServiceContext } from '#services/context.ts'
import type { Asker } from '../asker.ts'
import type { Dispatcher } from '../dispatch.ts'
import type { RoomAccess } from './access.ts'

/** A member as the room's door knows one. */
export interface RoomMember {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly locale: string | null
}

/** A change of a post, with what decides who sees it. */
export interface PostChange {
  readonly id: string
  readonly threadId: string
  readonly key: string
  readonly revision: number
  readonly postedAt: Date
  readonly card: unknown
  readonly sequence: bigint
  readonly thread: { readonly memberId: string | null }
}

/** What lies outside a tenant's scope: who comes in, and the stream of changes. The composition root makes it. */
export interface RoomStore {
  findSession(tokenHash: string): Promise<RoomMember | undefined>
  takeInvite(tokenHash: string): Promise<{ readonly name: string; readonly role: string } | undefined>
  /** in order of sequence */
  postsAfter(sequence: bigint, limit: number): Promise<readonly PostChange[]>
  newestSequence(): Promise<bigint>
}

/** Everything that the web room is made of. */
export interface RoomParts {
  readonly access: RoomAccess
  readonly room: { readonly id: string; readonly scope: Scope }
  readonly db: ServiceContext['db']
  readonly store: RoomStore
  readonly storage: Storage
  readonly secretKey: Buffer
  readonly dispatcher: Dispatcher
  readonly commands: readonly Command[]
  contextFor(asker: Asker): ServiceContext
  readonly log: Logger
  now(): Date
}
