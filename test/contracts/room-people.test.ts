import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { tokenHash } from '#bot/web/secrets.ts'
import { startTestRoom, type TestRoom } from '../builders/room.ts'

const PASSWORD = 'open sesame 7'

interface Post {
  readonly key: string
  readonly card: { readonly title?: string; readonly buttons?: readonly { token: string; verb: string }[] }
}

let room: TestRoom
let owner: string

beforeAll(async () => {
  room = await startTestRoom({ password: PASSWORD, publicUrl: 'https://studio.example.org' })
  owner = await enter({ password: PASSWORD })
})
afterAll(() => room.stop())

async function enter(credentials: object): Promise<string> {
  const response = await room.call('POST', '/room/session', credentials)
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
}

async function invite(name: string): Promise<string> {
  const token = `invite-${name}`
  const { workspaceId } = room.db.scope
  const expiresAt = new Date(Date.now() + 60_000)
  await room.db.invite.create({
    data: { id: newId('inv'), workspaceId, tokenHash: tokenHash(token), name, role: 'editor', expiresAt },
  })
  return enter({ invite: token })
}

async function lobby(cookie: string): Promise<Post[]> {
  const response = await room.call('GET', '/room/threads/lobby', undefined, { cookie })
  return ((await response.json()) as { posts: Post[] }).posts
}

/** Says it in one's own lobby and returns the card that answers. */
async function ask(cookie: string, body: object | FormData): Promise<Post> {
  const response = await room.call('POST', '/room/messages', body, { cookie })
  expect(response.status, await response.clone().text()).toBe(202)
  return (await lobby(cookie)).at(-1) as Post
}

const dub = (post: Post) => post.card.buttons?.find(({ verb }) => verb === 'dub')?.token ?? ''

test('two members who are offered the same link each have their answer in their own thread', async () => {
  const text = 'https://example.org/same.mp4'
  const rita = await invite('Rita')
  const first = await ask(owner, { text })
  const second = await ask(rita, { text })
  const before = await lobby(owner)
  const clicked = await room.call('POST', `/room/actions/${dub(second)}`, {}, { cookie: rita })
  expect(await clicked.json()).toEqual({ outcome: 'applied', thread: 'lobby' })
  expect(await lobby(rita)).toHaveLength(2)
  expect(await lobby(owner)).toEqual(before)
  expect(dub(second)).not.toBe(dub(first))
  // asked again in the same thread, the offer is the same
  expect(dub(await ask(rita, { text }))).toBe(dub(second))
})

test('a link offered with a transcript means that transcript, also after it was offered without', async () => {
  const text = 'https://example.org/told.mp4'
  const bare = await ask(owner, { text })
  const form = new FormData()
  form.set('text', text)
  form.append('files', new Blob(['1\n00:00:00,000 --> 00:00:01,000\nHello.\n']), 'mine.srt')
  const told = await ask(owner, form)
  expect(dub(told)).not.toBe(dub(bare))
  const { payload } = await room.db.action.findUniqueOrThrow({ where: { token: dub(told) } })
  expect(payload).toMatchObject({ source: { url: text }, transcript: { name: 'mine.srt' } })
})

test('who is removed, or whose session has expired, hears nothing more on an open stream', async () => {
  const gone = await invite('Gina')
  const late = await invite('Lara')
  const streams = await Promise.all([gone, late, owner].map((cookie) => listenTo(cookie)))
  await room.db.session.updateMany({
    where: { member: { name: 'Lara' } },
    data: { expiresAt: new Date(Date.now() - 1000) },
  })
  await room.db.member.updateMany({ where: { name: 'Gina' }, data: { removedAt: new Date() } })
  await Promise.all(streams.slice(0, 2).map((stream) => stream.ended))
  await room.call('POST', '/room/messages', { text: '/help' }, { cookie: owner })
  await expect.poll(() => streams[2]?.text()).toContain('event: post')
  expect(streams.slice(0, 2).map((stream) => stream.text())).toEqual([
    expect.not.stringContaining('event: post'),
    expect.not.stringContaining('event: post'),
  ])
  streams[2]?.close()
})

test('a forwarded address that a client made up does not give it more guesses', async () => {
  const guess = (password: string, made: number) =>
    room.call('GET', '/room/threads', undefined, {
      authorization: `Bearer ${password}`,
      // what the client said, and what our own proxy saw
      'x-forwarded-for': `10.9.8.${made}, 203.0.113.9`,
    })
  for (let made = 0; made < 10; made++) expect((await guess('wrong', made)).status).toBe(401)
  expect((await guess(PASSWORD, 99)).status).toBe(429)
  // another client of the same proxy is not held to it
  const other = { authorization: `Bearer ${PASSWORD}`, 'x-forwarded-for': '203.0.113.10' }
  expect((await room.call('GET', '/room/threads', undefined, other)).status).toBe(200)
})

/** An open event stream: what came so far, and when the room ended it. */
async function listenTo(cookie: string): Promise<{ text(): string; ended: Promise<void>; close(): void }> {
  const stop = new AbortController()
  const response = await fetch(new URL('/room/events', room.url), { headers: { cookie }, signal: stop.signal })
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let text = ''
  const read = async (): Promise<void> => {
    for (let part = await reader.read(); !part.done; part = await reader.read())
      text += decoder.decode(part.value, { stream: true })
  }
  const ended = read()
  ended.catch(() => undefined)
  await expect.poll(() => text).toContain('id: ')
  return { text: () => text, ended, close: () => stop.abort() }
}
