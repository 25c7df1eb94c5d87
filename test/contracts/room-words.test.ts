import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildReviewedProject } from '../builders/reviewed-project.ts'
import { startTestRoom, type TestRoom } from '../builders/room.ts'

interface Post {
  readonly key: string
  readonly card: {
    readonly buttons?: readonly { token: string; verb: string }[]
    readonly form?: { token: string }
    readonly select?: { options: readonly { label: string }[] }
  }
}

let room: TestRoom

beforeAll(async () => {
  room = await startTestRoom()
  const { workspaceId } = room.db.scope
  await room.db.setting.create({ data: { workspaceId, key: 'language', value: 'pt-BR' } })
})
afterAll(() => room.stop())

async function detail(response: Response): Promise<string> {
  expect(response.status).toBe(400)
  return ((await response.json()) as { detail: string }).detail
}

async function newest(thread: string, key?: string): Promise<Post | undefined> {
  const { posts } = (await (await room.call('GET', `/room/threads/${thread}`)).json()) as { posts: Post[] }
  return posts.findLast((post) => key === undefined || post.key === key)
}

async function shown(thread: string, key: string): Promise<Post> {
  await expect.poll(() => newest(thread, key), { timeout: 15_000 }).toBeDefined()
  return (await newest(thread, key)) as Post
}

test('a request that does not fit is refused in the words of the room, not of a library', async () => {
  expect(await detail(await room.call('POST', '/room/messages', { text: 7 }))).toMatch(/^Isto não está.*: text\./)
  const broken = await fetch(new URL('/room/messages', room.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"text":',
  })
  expect(await detail(broken)).toMatch(/^Não foi possível ler/)
  expect(await detail(await room.call('POST', '/room/session', {}))).toMatch(/^Não foi possível ler/)
})

test('a form names its fields, and a choice of checkpoints its checkpoints, as people know them', async () => {
  const { threadId } = await buildReviewedProject(room)
  const ask = await shown(threadId, 'transcript:en')
  const wrong = { values: { line: 'x', text: '' } }
  expect(await detail(await room.call('POST', `/room/actions/${ask.card.form?.token}`, wrong))).toMatch(/: Linha\./)
  const approve = ask.card.buttons?.find(({ verb }) => verb === 'approve')?.token
  expect((await room.call('POST', `/room/actions/${approve}`, {})).status).toBe(200)
  await shown(threadId, 'translation:es')
  const form = new FormData()
  form.set('thread', threadId)
  form.append('files', new Blob(['1\n00:00:00,000 --> 00:00:02,500\nOi.\n']), 'sem-nome.srt')
  expect((await room.call('POST', '/room/messages', form)).status).toBe(202)
  const labels = (await newest(threadId))?.card.select?.options.map(({ label }) => label)
  expect(labels).toEqual(expect.arrayContaining([expect.stringMatching(/· Tradução · [Ee]spanhol$/)]))
  expect(labels?.join()).not.toMatch(/translation/)
})
