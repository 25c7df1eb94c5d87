import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signLink } from '#bot/web/sign-link.ts'
import { startTestRoom, type TestRoom } from '../builders/room.ts'

const PASSWORD = 'open sesame 7'
const key = randomBytes(32)

let room: TestRoom
let file: { readonly workspaceId: string; readonly artifactId: string; readonly name: string }

beforeAll(async () => {
  room = await startTestRoom({ password: PASSWORD, secretKey: key.toString('hex') })
  const form = new FormData()
  form.append('files', new Blob([Buffer.from('0123456789')]), 'sound.mp3')
  const sent = await room.call('POST', '/room/messages', form, { authorization: `Bearer ${PASSWORD}` })
  expect(sent.status).toBe(202)
  const artifact = await room.db.artifact.findFirstOrThrow()
  file = { workspaceId: artifact.workspaceId, artifactId: artifact.id, name: 'sound.mp3' }
})
afterAll(() => room.stop())

const inAMinute = () => Math.floor(Date.now() / 1000) + 60

async function statusOf(link: string): Promise<number> {
  const response = await room.call('GET', link)
  await response.arrayBuffer()
  return response.status
}

test('a signed link opens its file without a session, until it expires', async () => {
  const response = await room.call('GET', signLink(key, { ...file, expires: inAMinute() }))
  expect([response.status, await response.text()]).toEqual([200, '0123456789'])
  expect([401, 403]).toContain(await statusOf(signLink(key, { ...file, expires: inAMinute() - 120 })))
})

test('a signature is bound to its file, its workspace, its moment and the key', async () => {
  const expires = inAMinute()
  const link = signLink(key, { ...file, expires })
  const signature = new URL(link, room.url).searchParams.get('signature') ?? ''
  const refused = [
    `/files/${file.artifactId}`,
    link.replace(signature, ''),
    link.replace(`expires=${expires}`, `expires=${expires + 1}`),
    signLink(key, { ...file, expires, artifactId: 'art_other' }).replace('art_other', file.artifactId),
    signLink(key, { ...file, expires, workspaceId: 'ws_other' }),
    signLink(randomBytes(32), { ...file, expires }),
  ]
  for (const url of refused) expect([401, 403]).toContain(await statusOf(url))
})
