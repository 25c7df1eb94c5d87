import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { PROJECT } from './project.mjs'
import { SetupError } from './setup-error.mjs'

const LOCK = new URL('.setup.lock', PROJECT)

let held

/** Runs `work` while no other set-up of this clone runs. A lock whose holders are all dead is taken over. */
export async function withSetupLock(work, lock = LOCK) {
  let told = false
  while (!take(lock)) {
    if (!told) process.stdout.write('Another set-up is at work; waiting …\n')
    told = true
    await sleep(300)
  }
  held = lock
  const release = () => {
    held = undefined
    rmSync(lock, { force: true })
  }
  process.once('exit', release)
  try {
    return await work()
  } finally {
    release()
    process.removeListener('exit', release)
  }
}

/** Makes a command that we started a holder too: the lock outlives us while the command runs. */
export function noteHolder(pid) {
  if (held !== undefined) appendFileSync(held, ` ${pid}`)
}

function take(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EACCES' || error.code === 'EROFS') {
      throw new SetupError(
        `Set-up has something to install and may not write to ${PROJECT.pathname}: run it once as the owner of that folder.`,
      )
    }
    if (error.code !== 'EEXIST') throw error
    if (!isHeld(lock)) rmSync(lock, { force: true })
    return false
  }
}

function isHeld(lock) {
  let holders
  try {
    holders = readFileSync(lock, 'utf8')
  } catch {
    return false
  }
  // an empty file: its holder is about to write its name
  return holders === '' || holders.split(' ').some((pid) => isAlive(Number(pid)))
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
