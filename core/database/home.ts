import { randomBytes } from 'node:crypto'
import { chmod, chown, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { serverUser } from './server-process.ts'

/**
 * The folder of the embedded database: `<dataDir>/postgres`. When root runs the studio below a folder that the
 * database's user cannot enter (a 0700 home), a folder of /var/lib instead; `<dataDir>/postgres.location` says where.
 */
export async function databaseHome(dataDir: string): Promise<string> {
  await mkdir(dataDir, { recursive: true, mode: 0o711 })
  const note = join(dataDir, 'postgres.location')
  const noted = (await readFile(note, 'utf8').catch(() => '')).trim()
  if (noted) return await privateFolder(noted)
  const home = join(dataDir, 'postgres')
  if (!serverUser()) return await privateFolder(home)
  // our own folder: passing through it shows nobody anything
  await chmod(dataDir, ((await stat(dataDir)).mode & 0o777) | 0o001)
  if (await anyoneCanEnter(dataDir)) return await privateFolder(home)
  // by chance, not by name: whoever removes the data folder starts afresh
  const apart = join('/var/lib/dailies', randomBytes(8).toString('hex'))
  await mkdir(dirname(apart), { recursive: true, mode: 0o711 })
  await writeFile(note, `${apart}\n`)
  return await privateFolder(apart)
}

/** Whether other users may pass through every folder of `path`. */
export async function anyoneCanEnter(path: string): Promise<boolean> {
  const { mode } = await stat(path)
  if ((mode & 0o001) === 0) return false
  return dirname(path) === path || (await anyoneCanEnter(dirname(path)))
}

async function privateFolder(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const user = serverUser()
  if (user) await chown(folder, user.uid, user.gid)
  return folder
}
