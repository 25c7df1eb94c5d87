import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { RoomClient, RoomPost, RoomThread } from '#scripts/room-client.ts'

/** How long one wait may take on a slow, shared machine. Nothing sleeps for it: waits end with the event. */
export const PATIENCE_MS = 120_000

/** The newest post under a key: a redo or retry posts again under the same one. */
export function newest(thread: RoomThread, key: string): RoomPost | undefined {
  return thread.posts.findLast((post) => post.key === key)
}

export function button(post: RoomPost | undefined, verb: string): string | undefined {
  return post?.card.buttons?.find((one) => one.verb === verb)?.token
}

/** Waits for a post that has a button, e.g. an open checkpoint. */
export async function openPost(room: RoomClient, thread: string, key: string, verb = 'approve'): Promise<RoomPost> {
  return room.watch(
    thread,
    (now) => {
      const post = newest(now, key)
      return button(post, verb) === undefined ? undefined : post
    },
    PATIENCE_MS,
  )
}

export async function click(room: RoomClient, post: RoomPost, verb: string): Promise<void> {
  const token = button(post, verb)
  if (token === undefined) throw new Error(`no ${verb} on ${post.key}`)
  await room.act(token)
}

/** Approves the open checkpoint under `key`. */
export async function approve(room: RoomClient, thread: string, key: string): Promise<void> {
  await click(room, await openPost(room, thread, key), 'approve')
}

export async function postWith(room: RoomClient, thread: string, key: string, tone: string): Promise<RoomPost> {
  return room.watch(
    thread,
    (now) => {
      const post = newest(now, key)
      return post?.card.tone === tone ? post : undefined
    },
    PATIENCE_MS,
  )
}

/** Downloads the card's first media whose name ends so, into `dir`. */
export async function fetchMedia(room: RoomClient, post: RoomPost, ending: string, dir: string): Promise<string> {
  const media = post.card.media?.find((one) => one.name.endsWith(ending))
  if (media === undefined)
    throw new Error(`no ${ending} on ${post.key}: ${JSON.stringify(post.card.media?.map((one) => one.name))}`)
  const file = path.join(dir, media.name)
  await writeFile(file, await room.download(media.url))
  return file
}
