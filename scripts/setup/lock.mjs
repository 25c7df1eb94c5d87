import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { processStarted } from './process-started.mjs'
import { PROJECT } from './project.mjs'
import { SetupError } from './setup-error.mjs'

const LOCK = new URL('.setup.lock', PROJECT)
/** A holder writes its name this soon after the file, ms. */
const NAMELESS_MS = 5_000

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
  if (held !== undefined) appendFileSync(held, ` ${nameOf(pid)}`)
}

function take(lock) {
  try {
    writeFileSync(lock, nameOf(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code === 'EACCES' || error.code === 'EROFS') {
      throw new SetupError(
        `Set-up has something to install and may not write to ${PROJECT.pathname}: run it once as the owner of that folder.`,
      )
    }
    if (error.code !== 'EEXIST') throw error
    if (isHeld(lock)) return false
    rmSync(lock, { force: true })
    return take(lock)
  }
}

function isHeld(lock) {
  try {
    const holders = readFileSync(lock, 'utf8')
    // an empty file: its holder is about to write its name, unless it was killed right then
    if (holders === '') return Date.now() - statSync(lock).mtimeMs < NAMELESS_MS
    return holders.split(' ').some(isAlive)
  } catch {
    return false
  }
}

function isAlive(name) {
  const [pid, started] = name.split(':')
  return processStarted(Number(pid)) !== undefined && processStarted(Number(pid)) === started
}

/** In a container that starts anew, or after a reboot, another process has the pid: its start time tells them apart. */
function nameOf(pid) {
  return `${pid}:${processStarted(pid)}`
}
