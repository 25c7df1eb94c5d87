import { open, readFile, rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { AppError } from '#core/errors.ts'
import { processStarted } from './server-process.ts'

const PATIENCE_MS = 120_000

/** Runs `work` while no other process does so with the same lock file. A dead holder's lock is taken over. */
export async function withStartLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS
  while (!(await take(path))) {
    if (Date.now() > deadline) throw new AppError('DATABASE_DOWN', `${path} stays locked`)
    await sleep(50)
  }
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

async function take(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx', 0o600)
    await file.writeFile(`${process.pid} ${await processStarted(process.pid)}`)
    await file.close()
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    const [pid, started] = (await readFile(path, 'utf8').catch(() => '')).split(' ')
    // an empty file is one whose holder is about to write its name
    if (started !== undefined && (await processStarted(Number(pid))) !== started) await rm(path, { force: true })
    return false
  }
}
