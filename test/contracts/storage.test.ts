import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createFolderStorage } from '#core/storage/folder.ts'
import { describeStorage } from './storage.contract.ts'

describeStorage('folder', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'storage-folder-'))
  return { storage: createFolderStorage(path.join(dir, 'files')), close: () => rm(dir, { recursive: true }) }
})

test('a large file is stored without its bytes in memory', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'storage-large-'))
  try {
    const file = path.join(dir, 'film')
    await writeFile(file, '')
    await truncate(file, 256 * 1024 ** 2)
    const before = process.memoryUsage().arrayBuffers
    let most = 0
    const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().arrayBuffers - before)), 2)
    const { bytes } = await createFolderStorage(path.join(dir, 'files')).put({ path: file, move: true })
    clearInterval(timer)
    expect(bytes).toBe(256 * 1024 ** 2)
    expect(most).toBeLessThan(8 * 1024 ** 2)
  } finally {
    await rm(dir, { recursive: true })
  }
})
