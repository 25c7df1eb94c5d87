import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#core/ids.ts'
import { roomAccess } from '#bot/web/access.ts'
import { tokenHash } from '#bot/web/secrets.ts'
import { buildReviewedProject } from '../builders/reviewed-project.ts'
import { startTestRoom, type TestRoom } from '../builders/room.ts'

const PASSWORD = 'open sesame 7'

describe('which binding needs a password', () => {
  test('loopback alone makes its visitor the owner', () => {
    expect(roomAccess({ host: '127.0.0.1' }).ownerWithoutSession).toBe(true)
    expect(roomAccess({ host: '::1' }).ownerWithoutSession).toBe(true)
    expect(roomAccess({ host: '127.0.0.1', password: PASSWORD }).ownerWithoutSession).toBe(false)
  })

  test.each([
    { host: '0.0.0.0' },
    { host: '::' },
    { host: '192.168.1.7' },
    { host: '127.0.0.1', publicUrl: 'https://studio.example.org' },
  ])('%o without a password refuses to start', (binding) => {
    expect(() => roomAccess(binding)).toThrow(expect.objectContaining({ code: 'BAD_ENV' }))
  })

  test('names that are not ours are refused, addresses only where others may come', () => {
    const local = roomAccess({ host: '127.0.0.1' })
    expect([
      local.isOurHost('localhost'),
      local.isOurHost('[::1]'),
      local.isOurHost('evil.example'),
      local.isOurHost('10.0.0.8'),
    ]).toEqual([true, true, false, false])
    const open = roomAccess({ host: '0.0.0.0', password: PASSWORD, publicUrl: 'https://studio.example.org' })
    expect([open.isOurHost('10.0.0.8'), open.isOurHost('studio.example.org'), open.isOurHost('evil.example')]).toEqual([
      true,
      true,
      false,
    ])
  })
})

describe('a room at this machine', () => {
  let room: TestRoom
  beforeAll(async () => {
    room = await startTestRoom()
  })
  afterAll(() => room.stop())

  test('a foreign Origin or Host is refused', async () => {
    const say = (headers: Record<string, string>) => room.call('POST', '/room/messages', { text: '/help' }, headers)
    expect((await say({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await say({ origin: 'null' })).status).toBe(403)
    expect((await say({ origin: 'http://localhost:1' })).status).toBe(403)
    expect((await say({ origin: room.url })).status).toBe(202)
    expect(await statusWithHost(room.url, 'evil.example')).toBe(403)
    expect(await statusWithHost(room.url, new URL(room.url).host)).toBe(200)
    expect(
      (
        await room.call('GET', '/room/threads', undefined, {
          'sec-fetch-site': 'cross-site',
          'sec-fetch-mode': 'no-cors',
        })
      ).status,
    ).toBe(403)
  })

  test('its visitor is the owner, whatever password a script sends along', async () => {
    const authorization = 'Bearer left over from another room'
    expect((await room.call('GET', '/room/threads', undefined, { authorization })).status).toBe(200)
  })

  test('the page lets only its own scripts run', async () => {
    const page = await room.call('GET', '/')
    const policy = page.headers.get('content-security-policy') ?? ''
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
    expect(nonce).toBeDefined()
    const html = await page.text()
    expect(html).toContain(`nonce="${nonce}"`)
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('unsafe')
    expect((await room.call('GET', '/')).headers.get('content-security-policy')).not.toBe(policy)
    for (const [, asset] of html.matchAll(/(?:href|src)="(\/room\/assets\/[^"]+)"/g))
      expect((await room.call('GET', asset ?? '')).status, asset).toBe(200)
    for (const library of ['preact.mjs', 'hooks.mjs', 'htm.mjs'])
      expect((await room.call('GET', `/lib/${library}`)).status).toBe(200)
    expect((await room.call('GET', '/room/assets/%2e%2e/server.ts')).status).toBe(404)
  })
})

describe('a room with a password', () => {
  let room: TestRoom
  beforeAll(async () => {
    room = await startTestRoom({ password: PASSWORD })
  })
  afterAll(() => room.stop())

  const bearer = { authorization: `Bearer ${PASSWORD}` }

  async function enter(credentials: object): Promise<{ status: number; cookie: string; raw: string }> {
    const response = await room.call('POST', '/room/session', credentials)
    const raw = response.headers.get('set-cookie') ?? ''
    return { status: response.status, raw, cookie: raw.split(';')[0] ?? '' }
  }

  async function invited(name: string, role: string): Promise<string> {
    const token = `invite-${name}`
    await room.db.invite.create({
      data: {
        id: newId('inv'),
        workspaceId: room.db.scope.workspaceId,
        tokenHash: tokenHash(token),
        name,
        role,
        expiresAt: new Date(Date.now() + 60_000),
      },
    })
    return token
  }

  test('strangers see nothing', async () => {
    for (const url of [
      '/room/threads',
      '/room/threads/lobby',
      '/room/commands',
      '/room/events',
      '/files/art_x',
      '/metrics',
    ]) {
      expect((await room.call('GET', url)).status, url).toBe(401)
    }
    expect((await room.call('POST', '/room/messages', { text: '/help' })).status).toBe(401)
    expect(
      await (await room.call('GET', '/room/me', undefined, { 'accept-language': 'pt-BR,pt;q=0.9' })).json(),
    ).toMatchObject({ locale: 'pt-BR', words: { signIn: 'Entrar' } })
  })

  test('the password opens, as a bearer and for a cookie that scripts cannot read', async () => {
    expect((await room.call('GET', '/room/threads', undefined, bearer)).status).toBe(200)
    const { status, raw, cookie } = await enter({ password: PASSWORD })
    expect(status).toBe(204)
    expect(raw).toMatch(/HttpOnly/)
    expect(raw).toMatch(/SameSite=Strict/)
    expect((await room.call('GET', '/room/threads', undefined, { cookie })).status).toBe(200)
  })

  test('an invitation opens once, with its role', async () => {
    const token = await invited('Vera', 'viewer')
    const { status, cookie } = await enter({ invite: token })
    expect(status).toBe(204)
    expect((await enter({ invite: token })).status).toBe(410)
    expect(await (await room.call('GET', '/room/me', undefined, { cookie })).json()).toMatchObject({
      member: { name: 'Vera', role: 'viewer' },
    })
    expect(
      (await room.call('POST', '/room/messages', { text: '/dub https://example.org/a.mp4 to:es' }, { cookie })).status,
    ).toBe(403)
    const form = new FormData()
    form.append('files', new Blob(['x']), 'a.mp4')
    expect((await room.call('POST', '/room/messages', form, { cookie })).status).toBe(403)
  })

  test('a viewer sees a project, and decides nothing; an editor decides', async () => {
    const { threadId } = await buildReviewedProject(room)
    const viewer = await enter({ invite: await invited('Vito', 'viewer') })
    const editor = await enter({ invite: await invited('Edda', 'editor') })
    const read = async (cookie: string) =>
      (await (await room.call('GET', `/room/threads/${threadId}`, undefined, { cookie })).json()) as {
        posts: { key: string; card: { buttons?: { token: string; verb: string }[]; text?: string } }[]
      }
    await expect
      .poll(async () => (await read(viewer.cookie)).posts.map((post) => post.key), { timeout: 15_000 })
      .toContain('transcript:en')
    const token =
      (await read(viewer.cookie)).posts
        .find((post) => post.key === 'transcript:en')
        ?.card.buttons?.find((button) => button.verb === 'approve')?.token ?? ''
    expect((await room.call('POST', `/room/actions/${token}`, {}, { cookie: viewer.cookie })).status).toBe(403)
    expect((await room.call('POST', `/room/actions/${token}`, {}, { cookie: editor.cookie })).status).toBe(200)
    const late = await room.call('POST', `/room/actions/${token}`, {}, bearer)
    expect(late.status).toBe(409)
    expect(await late.json()).toMatchObject({ by: 'Edda', decision: 'approve' })
    expect((await read(viewer.cookie)).posts.find((post) => post.key === 'transcript:en')?.card.text).toContain('Edda')
  })

  test('a lobby is seen by its own member only', async () => {
    const ann = await enter({ invite: await invited('Ann', 'editor') })
    const bob = await enter({ invite: await invited('Bob', 'editor') })
    await room.call('POST', '/room/messages', { text: '/queue' }, { cookie: ann.cookie })
    const lobby = async (cookie: string) =>
      ((await (await room.call('GET', '/room/threads/lobby', undefined, { cookie })).json()) as { posts: unknown[] })
        .posts
    expect(await lobby(ann.cookie)).toHaveLength(1)
    expect(await lobby(bob.cookie)).toHaveLength(0)
    const own = await room.db.thread.findFirstOrThrow({ where: { memberId: { not: null }, posts: { some: {} } } })
    expect((await room.call('GET', `/room/threads/${own.id}`, undefined, { cookie: bob.cookie })).status).toBe(404)
  })

  test('a removed member is outside at once', async () => {
    const { cookie } = await enter({ invite: await invited('Rita', 'editor') })
    await room.db.member.updateMany({ where: { name: 'Rita' }, data: { removedAt: new Date() } })
    expect((await room.call('GET', '/room/threads', undefined, { cookie })).status).toBe(401)
  })

  test('after ten wrong passwords even the right one waits', async () => {
    for (let guess = 0; guess < 10; guess++)
      expect(
        (await room.call('GET', '/room/threads', undefined, { authorization: `Bearer wrong ${guess}` })).status,
      ).toBe(401)
    expect((await room.call('GET', '/room/threads', undefined, bearer)).status).toBe(429)
  })
})

/** fetch refuses to lie about Host; a rebound name is what a browser would send. */
function statusWithHost(base: string, host: string): Promise<number> {
  const { hostname, port } = new URL(base)
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path: '/room/threads', headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    request.on('error', reject)
    request.end()
  })
}
