import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '../errors.ts'
import { randomBase62 } from '../ids.ts'

const KEY_BYTES = 32

/**
 * The key that encrypts stored secrets: `secretKey` (64 hex digits or base64 of 32 bytes) when set, else the one in
 * `dataDir`/secret.key, which is made at the first start, readable by its owner only. Safe when processes race.
 * @throws AppError BAD_ENV when the key is malformed.
 */
export async function loadSecretKey({
  secretKey,
  dataDir,
}: {
  secretKey?: string | undefined
  dataDir: string
}): Promise<Buffer> {
  if (secretKey) return parseKey(secretKey, 'SECRET_KEY')
  const file = path.join(dataDir, 'secret.key')
  const kept = await readKept(file)
  if (kept) return parseKey(kept, file)
  await makeKey(dataDir, file)
  return parseKey(await readFile(file, 'utf8'), file)
}

function parseKey(text: string, where: string): Buffer {
  const trimmed = text.trim()
  const key = /^[0-9a-f]{64}$/i.test(trimmed) ? Buffer.from(trimmed, 'hex') : Buffer.from(trimmed, 'base64')
  if (key.length === KEY_BYTES) return key
  const problem = `${where} is not usable: 32 bytes as 64 hex digits or base64 are needed`
  throw new AppError('BAD_ENV', problem, { data: { problems: [problem] } })
}

async function readKept(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

// written whole and linked: a racing process sees either no key or all of it, and the first one wins
async function makeKey(dataDir: string, file: string): Promise<void> {
  await mkdir(dataDir, { recursive: true })
  const draft = `${file}.${randomBase62(8)}`
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(`${randomBytes(KEY_BYTES).toString('hex')}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  try {
    await link(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    await rm(draft, { force: true })
  }
}
