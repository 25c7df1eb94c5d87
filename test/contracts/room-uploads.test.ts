import { request } from 'node:http'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startTestRoom, type TestRoom } from '../builders/room.ts'

let room: TestRoom

beforeAll(async () => {
  room = await startTestRoom()
})
beforeEach(() => room.db.setting.deleteMany({ where: { key: 'limits' } }))
afterAll(() => room.stop())

async function allow(uploadBytes: number): Promise<void> {
  const value = { projectsPerMember: 10, monthlySpend: null, uploadBytes, retentionDays: null }
  await room.db.setting.create({ data: { workspaceId: room.db.scope.workspaceId, key: 'limits', value } })
}

/** What is answered to the head of an upload alone: not a byte of its body is sent. */
function announce(bytes: number): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
  const headers = { 'content-type': 'multipart/form-data; boundary=x', 'content-length': bytes }
  const sent = request(new URL('/room/messages', room.url), { method: 'POST', headers }, (response) => {
    resolve(response.statusCode)
    sent.destroy()
  })
  sent.once('error', reject)
  sent.flushHeaders()
  return promise
}

function send(...sizes: number[]): Promise<Response> {
  const form = new FormData()
  for (const [index, size] of sizes.entries()) {
    form.append('files', new Blob([Buffer.alloc(size, index + 1)]), `part-${index}.mp4`)
  }
  return room.call('POST', '/room/messages', form)
}

test('a file of 5 GB is refused by what it says of itself, before it is sent', async () => {
  expect(await announce(5e9)).toBe(413)
})

test('so is one that the disk has no room for', async () => {
  const free = await room.storage.freeBytes()
  await allow(free * 4)
  expect(await announce(free * 2)).toBe(507)
})

test('the limit holds for all files of a message together, and one that fails leaves none', async () => {
  await allow(1000)
  const before = await room.db.artifact.count()
  const refused = await send(600, 600)
  expect(refused.status).toBe(413)
  expect(await refused.json()).toMatchObject({ code: 'UPLOAD_TOO_LARGE' })
  expect(await room.db.artifact.count()).toBe(before)
  expect((await send(600, 400)).status).toBe(202)
})
