import { afterAll, beforeAll, expect, test } from 'vitest'
import { RoomRefusal } from '#scripts/room-client.ts'
import { PATIENCE_MS } from './steps.ts'
import { startTestStudio, type TestStudio } from './studio.ts'

let studio: TestStudio

beforeAll(async () => {
  studio = await startTestStudio({ env: { ROOM_PASSWORD: 'correct horse battery staple' } })
}, PATIENCE_MS)
afterAll(() => studio.stop(), PATIENCE_MS)

/** Types a command in the lobby and returns the newest answer as text. */
async function answer(text: string): Promise<string> {
  const thread = await studio.room.say(text)
  const posts = (await studio.room.thread(thread)).posts
  return JSON.stringify(posts.at(-1)?.card)
}

test(
  'every command without a project answers in the lobby',
  async () => {
    expect(await answer('/help')).toMatch(/\/dub/)
    expect(await answer('/help dub')).toMatch(/to:/)
    expect(await answer('/inbox')).toMatch(/nothing|waits/i)
    expect(await answer('/queue')).toMatch(/waiting|empty|nothing/i)
    expect(await answer('/project list')).toMatch(/no project|project/i)
    // the worker publishes what it can do a moment after it is there
    await expect.poll(() => answer('/providers'), { timeout: 20_000 }).toMatch(/espeak/i)
    expect(await answer('/voices language:pt-BR')).toMatch(/espeak/i)
    expect(await answer('/settings')).toMatch(/language/i)
    expect(await answer('/team list')).toMatch(/admin/i)
  },
  PATIENCE_MS,
)

test('without the password nothing is shown', async () => {
  const stranger = await fetch(new URL('/room/threads', studio.baseUrl))
  expect(stranger.status).toBe(401)
})

test(
  'an invited viewer sees and may not work; an editor may',
  async () => {
    const invited = await answer('/team invite Rita role:viewer')
    const link = /https?:\/\/[^\s"\\]+/.exec(invited)?.[0] ?? ''
    const invite = /invite[=/]([0-9A-Za-z_:-]+)/.exec(link)?.[1] ?? ''
    const session = await fetch(new URL('/room/session', studio.baseUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ invite }),
    })
    expect(session.status).toBe(204)
    const cookie = session.headers.getSetCookie()[0] ?? ''
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Strict/i)
    const say = (text: string): Promise<Response> =>
      fetch(new URL('/room/messages', studio.baseUrl), {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie: cookie.split(';')[0] ?? '' },
        body: JSON.stringify({ text }),
      })
    expect((await say('/help')).status).toBe(202)
    expect((await say('/dub https://example.com/x.mp4 to:es')).status).toBe(403)
    const reused = await fetch(new URL('/room/session', studio.baseUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ invite }),
    })
    expect(reused.status).toBeGreaterThanOrEqual(400)
  },
  PATIENCE_MS,
)

test(
  'what is not understood is refused in words, with what would be',
  async () => {
    await expect(studio.room.say('/dubb https://example.com/x.mp4')).rejects.toThrow(/\/dub/)
    await expect(studio.room.say('/dub https://example.com/x.mp4 bed:loud to:es')).rejects.toThrow(/keep|duck|drop/)
    const refusal: unknown = await studio.room.say('/project show 99').catch((thrown: unknown) => thrown)
    expect(refusal).toBeInstanceOf(RoomRefusal)
  },
  PATIENCE_MS,
)

test(
  'a key is kept encrypted: it is never shown again and never logged',
  async () => {
    const secret = 'sk-canary-0123456789abcdefghijkl'
    const card = JSON.parse(await answer('/settings keys')) as { form?: { token: string; inputs: { name: string }[] } }
    expect(card.form?.inputs.some((input) => input.name === 'OPENAI_API_KEY')).toBe(true)
    await studio.room.act(card.form?.token ?? '', { OPENAI_API_KEY: secret })
    const after = await answer('/settings keys')
    expect(after).not.toContain(secret)
    expect(after).toMatch(/OPENAI_API_KEY/)
    expect(studio.output()).toContain('"name":"bot"')
    expect(studio.output()).not.toContain(secret)
  },
  PATIENCE_MS,
)
