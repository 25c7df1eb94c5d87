import { spawn } from 'node:child_process'

/**
 * Runs a set-up command in front of the person. Resolves to its exit status, 127 when there is no such command.
 * @param {{ cwd?: string, env?: Record<string, string> }} [options]
 */
export function runVisibly(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...options.env },
    })
    child.once('error', (error) => (error.code === 'ENOENT' ? resolve(127) : reject(error)))
    child.once('exit', (code) => resolve(code ?? 1))
  })
}
