import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Storage } from '#core/storage/storage.ts'

/** What every store of files must do. `open` gives an empty one, `close` removes it. */
export function describeStorage(name: string, open: () => Promise<{ storage: Storage; close(): Promise<void> }>): void {
  describe(`storage: ${name}`, () => {
    let storage: Storage
    let close: () => Promise<void>
    let dir: string

    beforeEach(async () => {
      ;({ storage, close } = await open())
      dir = await mkdtemp(path.join(tmpdir(), 'storage-contract-'))
    })

    afterEach(async () => {
      await close()
      await rm(dir, { recursive: true })
    })

    test('keeps bytes under their SHA-256, from a buffer, a stream, a copied and a moved file', async () => {
      const bytes = randomBytes(300_000)
      const expected = { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: 300_000 }
      const [copied, moved] = [path.join(dir, 'copied'), path.join(dir, 'moved')]
      await writeFile(copied, bytes)
      await writeFile(moved, bytes)
      const sources = [
        bytes,
        Readable.from([bytes.subarray(0, 1000), bytes.subarray(1000)]),
        { path: copied },
        { path: moved, move: true },
      ]
      for (const source of sources) {
        expect(await storage.put(source)).toEqual(expected)
        expect(await buffer(await storage.open(expected.sha256))).toEqual(bytes)
        await storage.delete(expected.sha256)
      }
      expect((await stat(copied)).size).toBe(300_000)
      await expect(stat(moved)).rejects.toMatchObject({ code: 'ENOENT' })
    })

    test('keeps the same bytes once', async () => {
      const [first, second] = await Promise.all([storage.put(Buffer.from('same')), storage.put(Buffer.from('same'))])
      expect(first).toEqual(second)
      expect(await listed(storage)).toEqual([first.sha256])
    })

    test('a copied file may change afterwards', async () => {
      const file = path.join(dir, 'file')
      await writeFile(file, 'before')
      const { sha256 } = await storage.put({ path: file })
      await writeFile(file, 'AFTER!')
      expect((await buffer(await storage.open(sha256))).toString()).toBe('before')
    })

    test('keeps an empty file', async () => {
      const { sha256, bytes } = await storage.put(Buffer.alloc(0))
      expect([bytes, await storage.stat(sha256)]).toEqual([0, { bytes: 0 }])
      expect(await buffer(await storage.open(sha256))).toHaveLength(0)
    })

    test('reads a range, both ends included', async () => {
      const { sha256 } = await storage.put(Buffer.from('0123456789'))
      expect((await buffer(await storage.open(sha256, { start: 2, end: 5 }))).toString()).toBe('2345')
      expect((await buffer(await storage.open(sha256, { start: 9, end: 9 }))).toString()).toBe('9')
    })

    test('gives a local file', async () => {
      const { sha256 } = await storage.put(Buffer.from('here'))
      expect(await readFile(await storage.localPath(sha256), 'utf8')).toBe('here')
    })

    test('refuses more bytes than allowed, and keeps nothing of them', async () => {
      const file = path.join(dir, 'large')
      await writeFile(file, Buffer.alloc(11))
      for (const source of [
        Buffer.alloc(11),
        Readable.from([Buffer.alloc(6), Buffer.alloc(5)]),
        { path: file },
        { path: file, move: true },
      ]) {
        await expect(storage.put(source, { maxBytes: 10 })).rejects.toMatchObject({
          code: 'UPLOAD_TOO_LARGE',
          data: { maxBytes: 10 },
        })
      }
      expect((await stat(file)).size).toBe(11)
      expect(await listed(storage)).toEqual([])
      await expect(storage.put(Buffer.alloc(10), { maxBytes: 10 })).resolves.toMatchObject({ bytes: 10 })
    })

    test('keeps nothing of a stream that breaks off', async () => {
      const broken = Readable.from(
        (async function* () {
          yield Buffer.from('half')
          throw new Error('the line broke')
        })(),
      )
      await expect(storage.put(broken)).rejects.toThrow('the line broke')
      expect(await listed(storage)).toEqual([])
    })

    test('says that it has not what it has not', async () => {
      const missing = 'a'.repeat(64)
      expect(await storage.stat(missing)).toBeUndefined()
      await expect(storage.open(missing)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(storage.localPath(missing)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await storage.delete(missing)
    })

    test('deletes', async () => {
      const { sha256 } = await storage.put(Buffer.from('gone soon'))
      await storage.delete(sha256)
      expect(await storage.stat(sha256)).toBeUndefined()
      expect(await listed(storage)).toEqual([])
    })

    test('never takes anything but a hash for a name', async () => {
      for (const name of ['../../etc/passwd', '', 'A'.repeat(64), 'g'.repeat(64), `${'a'.repeat(63)}/`]) {
        await expect(async () => storage.open(name)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      }
    })

    test('knows how much room there is', async () => {
      expect(await storage.freeBytes()).toBeGreaterThan(0)
    })
  })
}

async function listed(storage: Storage): Promise<string[]> {
  const found: string[] = []
  for await (const sha256 of storage.list()) found.push(sha256)
  return found
}
