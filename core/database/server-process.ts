import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { AppError } from '#core/errors.ts'

const executeFile = promisify(execFile)

/** PostgreSQL refuses to run as uid 0: root runs it as nobody. Undefined for everyone else. */
export function serverUser(): { uid: number; gid: number } | undefined {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined
}

/**
 * Runs one of PostgreSQL's own tools as `serverUser`. Not core/run.ts: the server that pg_ctl leaves behind must
 * neither be niced nor die with us. Throws DATABASE_DOWN with the tool's last words.
 */
export async function execute(tool: string, args: readonly string[]): Promise<void> {
  try {
    // C: messages and formats do not depend on who starts it. '/': the server must not hold anybody's folder
    const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
    await executeFile(tool, [...args], { ...serverUser(), cwd: '/', env, timeout: 90_000 })
  } catch (error) {
    const stderr =
      typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr).slice(-2_000) : ''
    throw new AppError('DATABASE_DOWN', `${tool} failed`, { cause: error, data: { stderr } })
  }
}

/** When a living process started, so that a recycled pid is not taken for it; undefined when it is gone. */
export async function processStarted(pid: number): Promise<string | undefined> {
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  if (process.platform !== 'linux') return isAlive(pid) ? 'alive' : undefined
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined)
  if (stat === undefined) return undefined
  // after the name, which may hold anything: state is the 1st field, the start time the 20th
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? undefined : fields[19]
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'EPERM'
  }
}
