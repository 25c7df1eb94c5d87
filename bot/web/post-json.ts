/** A post as the room's API tells it. */
export function postJson(post: {
  readonly id: string
  readonly key: string
  readonly revision: number
  readonly postedAt: Date
  readonly card: unknown
}) {
  const { id, key, revision, postedAt, card } = post
  return { id, key, revision, postedAt, card }
}
