import { createHash } from 'node:crypto'
import { constants, createWriteStream } from 'node:fs'
import { copyFile, chmod, mkdir, open, opendir, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError, toAppError } from '../errors.ts'
import { newId } from '../ids.ts'
import type { Storage, StorageSource } from './storage.ts'

const SHA256 = /^[0-9a-f]{64}$/
const STALE_DRAFT_MS = 24 * 3600_000

/** A store in a folder: `ab/cd/<sha256>`, written beside and renamed, so that a file is there whole or not at all. */
export function createFolderStorage(dir: string): Storage {
  const drafts = path.join(dir, 'drafts')
  let ready: Promise<void> | undefined
  const prepare = () => (ready ??= makeFolders(drafts))

  async function put(source: StorageSource, limits?: { readonly maxBytes: number }) {
    await prepare()
    const draft = path.join(drafts, newId('draft'))
    try {
      const stored = await writeDraft(source, draft, limits?.maxBytes ?? Number.POSITIVE_INFINITY)
      await keep(draft, fileOf(dir, stored.sha256))
      return stored
    } catch (error) {
      await rm(draft, { force: true })
      throw toAppError(error)
    }
  }

  return {
    put,
    open: (sha256, range) => openFile(fileOf(dir, sha256), sha256, range),
    async localPath(sha256) {
      const file = fileOf(dir, sha256)
      if (!(await sizeOf(file))) throw notStored(sha256)
      return file
    },
    stat: (sha256) => sizeOf(fileOf(dir, sha256)),
    delete: (sha256) => rm(fileOf(dir, sha256), { force: true }),
    async freeBytes() {
      await prepare()
      const disk = await statfs(dir)
      return disk.bavail * disk.bsize
    },
    list: () => listFiles(dir),
  }
}

async function makeFolders(drafts: string): Promise<void> {
  await mkdir(drafts, { recursive: true, mode: 0o700 })
  for (const name of await readdir(drafts)) {
    // left by a process that died; younger ones may be of a live one
    const draft = path.join(drafts, name)
    const info = await stat(draft).catch(() => undefined)
    if (info && Date.now() - info.mtimeMs > STALE_DRAFT_MS) await rm(draft, { force: true })
  }
}

function fileOf(dir: string, sha256: string): string {
  if (!SHA256.test(sha256)) throw new AppError('NOT_FOUND', 'Not a SHA-256', { data: { what: 'file' } })
  return path.join(dir, sha256.slice(0, 2), sha256.slice(2, 4), sha256)
}

async function writeDraft(source: StorageSource, draft: string, maxBytes: number) {
  if (Buffer.isBuffer(source)) return writeStream(Readable.from([source]), draft, maxBytes)
  if (source instanceof Readable) return writeStream(source, draft, maxBytes)
  const info = await stat(source.path)
  if (info.size > maxBytes) throw tooLarge(maxBytes)
  await (source.move ? moveFile(source.path, draft) : copyFile(source.path, draft, constants.COPYFILE_FICLONE))
  await chmod(draft, 0o600)
  // hashed after it is ours: a later change of the source cannot part name and bytes
  return hashFile(draft, info.size)
}

async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    await copyFile(from, to)
    await rm(from, { force: true })
  }
}

async function writeStream(source: Readable, draft: string, maxBytes: number) {
  const hash = createHash('sha256')
  let bytes = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > maxBytes) return done(tooLarge(maxBytes))
      hash.update(chunk)
      done(null, chunk)
    },
  })
  await pipeline(source, count, createWriteStream(draft, { flags: 'wx', mode: 0o600 }))
  return { sha256: hash.digest('hex'), bytes }
}

async function hashFile(file: string, size: number) {
  const hash = createHash('sha256')
  // one buffer for the whole file: a stream makes a new one for each piece, tens of megabytes before they are collected
  const piece = Buffer.allocUnsafe(Math.max(1, Math.min(size, 1 << 20)))
  const handle = await open(file)
  try {
    for (let bytes = 0; ;) {
      const { bytesRead } = await handle.read(piece, 0, piece.length)
      if (bytesRead === 0) return { sha256: hash.digest('hex'), bytes }
      hash.update(piece.subarray(0, bytesRead))
      bytes += bytesRead
    }
  } finally {
    await handle.close()
  }
}

async function keep(draft: string, file: string): Promise<void> {
  await syncToDisk(draft)
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await rename(draft, file)
  await syncToDisk(path.dirname(file))
}

async function syncToDisk(where: string): Promise<void> {
  const handle = await open(where, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function openFile(
  file: string,
  sha256: string,
  range?: { readonly start: number; readonly end: number },
): Promise<Readable> {
  try {
    const handle = await open(file, 'r')
    return handle.createReadStream(range ? { start: range.start, end: range.end } : {})
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw notStored(sha256)
    throw new AppError('STORE_DOWN', 'A stored file cannot be read', { cause: error, data: { sha256 } })
  }
}

async function sizeOf(file: string): Promise<{ bytes: number } | undefined> {
  try {
    return { bytes: (await stat(file)).size }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new AppError('STORE_DOWN', 'The store cannot be read', { cause: error })
  }
}

async function* listFiles(dir: string): AsyncIterable<string> {
  const folder = await opendir(dir, { recursive: true }).catch(() => undefined)
  if (!folder) return
  for await (const entry of folder) if (entry.isFile() && SHA256.test(entry.name)) yield entry.name
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('UPLOAD_TOO_LARGE', 'The file is larger than allowed', { data: { maxBytes } })
}

function notStored(sha256: string): AppError {
  return new AppError('NOT_FOUND', 'The store has no such file', { data: { what: 'file', sha256 } })
}
