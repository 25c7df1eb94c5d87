import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildReviewedProject, type ReviewedProject } from '../builders/reviewed-project.ts'
import { startTestRoom, type TestRoom } from '../builders/room.ts'

interface ShownCard {
  readonly buttons?: readonly { token: string; verb: string; label: string }[]
  readonly select?: { token: string; verb: string; options: readonly { value: string; label: string }[] }
}

let room: TestRoom
let first: ReviewedProject
let second: ReviewedProject

beforeAll(async () => {
  room = await startTestRoom()
  first = await buildReviewedProject(room)
  second = await buildReviewedProject(room)
})
afterAll(() => room.stop())

async function ask(text: string, thread = 'lobby'): Promise<ShownCard> {
  const said = await room.call('POST', '/room/messages', { text, thread })
  expect(said.status).toBe(202)
  const { posts } = (await (await room.call('GET', `/room/threads/${thread}`)).json()) as {
    posts: { card: ShownCard }[]
  }
  return posts.at(-1)?.card ?? {}
}

/** The project whose thread a click opens. */
async function opened(token: string | undefined, values: Record<string, string> = {}) {
  const answer = await room.call('POST', `/room/actions/${token}`, { values })
  const { thread } = (await answer.json()) as { thread: string }
  return { thread, projectId: (await room.db.thread.findUniqueOrThrow({ where: { id: thread } })).projectId }
}

test('/project list has a button for each project, which opens its thread', async () => {
  const { buttons = [], select } = await ask('/project list')
  expect(buttons.map(({ label }) => label).toSorted()).toEqual(['Open #1', 'Open #2'])
  expect(select).toBeUndefined()
  const ids = await Promise.all(buttons.map(async ({ token }) => (await opened(token)).projectId))
  expect(new Set(ids)).toEqual(new Set([first.projectId, second.projectId]))
})

test('/project show opens the thread of what it shows; in that thread there is nothing to open', async () => {
  const { buttons = [] } = await ask('/project show 2')
  expect(buttons.map(({ label }) => label)).toEqual(['Open its thread'])
  const { thread, projectId } = await opened(buttons[0]?.token)
  expect(projectId).toBe((await room.db.project.findFirstOrThrow({ where: { number: 2 } })).id)
  expect((await ask('/project show', thread)).buttons ?? []).toEqual([])
})

test('many projects are one choice, which opens too', async () => {
  await Promise.all(Array.from({ length: 6 }, () => buildReviewedProject(room)))
  const { buttons = [], select } = await ask('/project list')
  expect(buttons).toEqual([])
  expect(select?.options).toHaveLength(8)
  const { projectId } = await opened(select?.token, { value: first.projectId })
  expect(projectId).toBe(first.projectId)
})
