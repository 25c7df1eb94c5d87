import { afterAll, beforeAll, expect, test } from 'vitest'
import { tokenHash } from '#bot/web/secrets.ts'
import { newId } from '#core/ids.ts'
import { playSteps } from '../builders/play-steps.ts'
import { startTestRoom, type TestRoom } from '../builders/room.ts'

interface ShownPost {
  readonly key: string
  readonly card: {
    readonly fields?: readonly { name: string; value: string }[]
    readonly buttons?: readonly { token: string; verb: string }[]
  }
}

let room: TestRoom

beforeAll(async () => {
  room = await startTestRoom()
  await join('Rita')
})
afterAll(() => room.stop())

async function join(name: string): Promise<void> {
  const token = `invite-${name}`
  const { workspaceId } = room.db.scope
  const expiresAt = new Date(Date.now() + 60_000)
  await room.db.invite.create({
    data: { id: newId('inv'), workspaceId, tokenHash: tokenHash(token), name, role: 'editor', expiresAt },
  })
  expect((await room.call('POST', '/room/session', { invite: token })).status).toBe(204)
}

async function say(text: string): Promise<string> {
  const said = await room.call('POST', '/room/messages', { text })
  expect(said.status, await said.clone().text()).toBe(202)
  return ((await said.json()) as { thread: string }).thread
}

/** Plays the project's stages, and waits for the post that the thread then shows. */
async function played(thread: string, key: string): Promise<ShownPost['card']> {
  const { projectId } = await room.db.thread.findUniqueOrThrow({ where: { id: thread } })
  await playSteps(room, projectId ?? '')
  let found: ShownPost | undefined
  await expect
    .poll(async () => {
      const answer = await room.call('GET', `/room/threads/${thread}`)
      found = ((await answer.json()) as { posts: ShownPost[] }).posts.find((post) => post.key === key)
      return found?.card.buttons
    })
    .toBeDefined()
  return found?.card ?? {}
}

const whom = (card: ShownPost['card']) => card.fields?.find(({ name }) => name === 'For')?.value

test('a checkpoint names who asked and who reviews, until the team wants no mentions', async () => {
  const { name: owner } = await room.db.member.findUniqueOrThrow({ where: { id: room.ownerId } })
  const thread = await say('/dub https://example.org/talk.mp4 to:es reviewers:Rita')
  const transcript = await played(thread, 'transcript:en')
  expect(whom(transcript)).toBe(`${owner}, Rita`)

  await say('/settings notify mentions:off')
  const { token } = transcript.buttons?.find(({ verb }) => verb === 'approve') ?? { token: '' }
  expect((await room.call('POST', `/room/actions/${token}`, {})).status).toBe(200)
  const translation = await played(thread, 'translation:es')
  expect(translation.fields).not.toEqual([])
  expect(whom(translation)).toBeUndefined()
})
