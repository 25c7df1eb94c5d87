import { newId } from '#core/ids.ts'

/** The key of an answer to one member: seen by that member only, and no part of the project's view. */
export function replyKey(memberId: string): string {
  return `reply:${memberId}:${newId('rpl')}`
}

export function isReply(key: string): boolean {
  return key.startsWith('reply:')
}

/** Whether a member sees the post with this key. */
export function seenBy(key: string, memberId: string): boolean {
  return !isReply(key) || key.startsWith(`reply:${memberId}:`)
}
