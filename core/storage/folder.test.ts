import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createFolderStorage } from './folder.ts'

let dir: string

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'folder-test-'))
})

afterEach(() => rm(dir, { recursive: true }))

test('files and folders are for their owner only', async () => {
  const storage = createFolderStorage(path.join(dir, 'files'))
  const { sha256 } = await storage.put(Buffer.from('private'))
  const file = await storage.localPath(sha256)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect((await stat(path.dirname(file))).mode & 0o777).toBe(0o700)
  const source = path.join(dir, 'source')
  await writeFile(source, 'open to all', { mode: 0o666 })
  const moved = await storage.put({ path: source, move: true })
  expect((await stat(await storage.localPath(moved.sha256))).mode & 0o777).toBe(0o600)
})

test('a failed put leaves no draft behind; drafts of dead processes are swept, young ones stay', async () => {
  const drafts = path.join(dir, 'drafts')
  await mkdir(drafts)
  const yesterday = Date.now() / 1000 - 25 * 3600
  await writeFile(path.join(drafts, 'old'), 'x')
  await utimes(path.join(drafts, 'old'), yesterday, yesterday)
  await writeFile(path.join(drafts, 'young'), 'x')
  const storage = createFolderStorage(dir)
  await expect(storage.put(Readable.from([Buffer.alloc(5)]), { maxBytes: 1 })).rejects.toMatchObject({
    code: 'UPLOAD_TOO_LARGE',
  })
  expect(await readdir(drafts)).toEqual(['young'])
})

test('a disk without room is an infrastructure error', async () => {
  const full = new Readable({
    read() {
      this.destroy(Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' }))
    },
  })
  await expect(createFolderStorage(dir).put(full)).rejects.toMatchObject({
    code: 'DISK_FULL',
    category: 'infrastructure',
  })
})

test('a folder that cannot be read is not taken for an empty one', async () => {
  const blocked = path.join(dir, 'blocked')
  await writeFile(blocked, 'a file where a folder should be')
  await expect(createFolderStorage(blocked).stat('a'.repeat(64))).rejects.toMatchObject({ code: 'STORE_DOWN' })
})
