import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { processStarted } from './server-process.ts'

/** One process stops the server of `home`: a file names it. */
export async function hasLivingOwner(home: string): Promise<boolean> {
  const [pid, started] = (await readFile(join(home, 'owner'), 'utf8').catch(() => '')).split(' ')
  return started !== undefined && (await processStarted(Number(pid))) === started
}

/** A dead owner is succeeded by whoever attaches next; false when another process owns the server. */
export async function becomeOwner(home: string): Promise<boolean> {
  const me = `${process.pid} ${await processStarted(process.pid)}`
  if ((await hasLivingOwner(home)) && (await readFile(join(home, 'owner'), 'utf8')) !== me) return false
  await writeFile(join(home, 'owner'), me, { mode: 0o600 })
  return true
}

export async function giveUpOwnership(home: string): Promise<void> {
  await rm(join(home, 'owner'), { force: true })
}
