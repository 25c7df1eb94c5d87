import type { ChildProcess } from 'node:child_process'

const KILL_AFTER_MS = 1500

/** Asks a process group to end; what is left of it is killed when its leader has ended, or 1.5 s later. */
export function stopGroup(pid: number, leader: ChildProcess): void {
  signalGroup(pid, 'SIGTERM')
  const timer = setTimeout(() => killGroup(pid), KILL_AFTER_MS)
  leader.once('exit', () => {
    clearTimeout(timer)
    killGroup(pid)
  })
}

/** Kills a process group at once. */
export function killGroup(pid: number): void {
  signalGroup(pid, 'SIGKILL')
}

function signalGroup(pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(-pid, signal)
  } catch (error) {
    // nobody is left in it
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
