import { RoomRefusal, type RoomClient, type RoomThread } from '../room-client.ts'

export interface Verdict {
  readonly seconds: number
  /** what was lost or doubled, in words; empty: nothing */
  readonly wrong: readonly string[]
}

const LIMIT_MS = 10 * 60_000
const EXPECTED = ['final:es', 'result:es', 'status', 'transcript:en', 'translation:es']

/** One dub to the end, approving what asks; the thread must then hold each post once. */
export async function dubOnce(room: RoomClient, files: readonly string[]): Promise<Verdict> {
  const began = Date.now()
  const id = await patiently(() => room.say('/dub to:es from:en', { files }))
  const thread = await room.watch(id, (now) => approveAndLook(room, now), LIMIT_MS)
  const keys = thread.posts.map((post) => post.key).toSorted()
  const doubled = keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${key} twice`)
  const lost = EXPECTED.filter((key) => !keys.includes(key)).map((key) => `no ${key}`)
  const errors = thread.posts
    .filter((post) => post.key.startsWith('error:'))
    .map((post) => `${post.key}: ${post.card.text ?? ''}`)
  return { seconds: (Date.now() - began) / 1000, wrong: [...lost, ...doubled, ...errors] }
}

async function approveAndLook(room: RoomClient, thread: RoomThread): Promise<RoomThread | undefined> {
  for (const post of thread.posts) {
    const token = post.card.buttons?.find((button) => button.verb === 'approve')?.token
    if (token !== undefined) await patiently(() => room.act(token)).catch(unlessDecided)
  }
  const failed = thread.posts.find((post) => post.key.startsWith('error:') && post.card.tone === 'failed')
  const done = thread.posts.some((post) => post.key === 'result:es' && post.card.tone === 'done')
  return done || failed ? thread : undefined
}

/** A person whose message or click meets a room that is being started again tries once more. */
async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt()
    } catch (thrown) {
      if (thrown instanceof RoomRefusal && thrown.status !== 503) throw thrown
      await new Promise((resolve) => setTimeout(resolve, 500))
    }
  }
}

/** What was decided already, or is shown anew, is looked at again with the thread. */
function unlessDecided(thrown: unknown): void {
  if (!(thrown instanceof RoomRefusal && (thrown.status === 409 || thrown.status === 410))) throw thrown
}
