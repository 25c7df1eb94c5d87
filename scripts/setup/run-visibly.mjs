import { spawn } from 'node:child_process'
import { noteHolder } from './lock.mjs'
import { SetupError } from './setup-error.mjs'

/**
 * Runs a set-up command in front of the person. Resolves to its exit status, 127 when there is no such command. When we are
 * asked to stop, so is the command; rejects with SetupError once it has.
 * @param {{ cwd?: string, env?: Record<string, string>, stopSignal?: 'SIGTERM' | 'SIGKILL' }} [options] stopSignal: SIGKILL
 * for a command that is slow to hear anything else and may be cut short anywhere
 */
export function runVisibly(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    let child
    let asked = false
    const stop = () => {
      asked = true
      child?.kill(options.stopSignal ?? 'SIGTERM')
    }
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, stop)
    const settle = (finish) => {
      for (const signal of signals) process.removeListener(signal, stop)
      if (asked) reject(new SetupError('Set-up was stopped; the next start goes on with it.'))
      else finish()
    }
    child = spawn(command, args, {
      cwd: options.cwd,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...options.env },
    })
    // if we are killed, the next set-up must wait for the command that we leave behind
    if (child.pid !== undefined) noteHolder(child.pid)
    child.once('error', (error) => settle(() => (error.code === 'ENOENT' ? resolve(127) : reject(error))))
    child.once('exit', (code) => settle(() => resolve(code ?? 1)))
  })
}
