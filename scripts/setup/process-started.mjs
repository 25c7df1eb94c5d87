import { readFileSync } from 'node:fs'

/** When a living process started, as the system counts it ('alive' where it does not tell); undefined when it is gone. */
export function processStarted(pid) {
  if (process.platform !== 'linux') return isAlive(pid) ? 'alive' : undefined
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // after the name, which may hold anything: the state is the 1st field, the start time the 20th
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
