import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createFolderStorage } from '#core/storage/folder.ts'
import { describeStorage } from './storage.contract.ts'

describeStorage('folder', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'storage-folder-'))
  return { storage: createFolderStorage(path.join(dir, 'files')), close: () => rm(dir, { recursive: true }) }
})
