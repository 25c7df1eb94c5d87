import { type ChildProcess, spawn } from 'node:child_process'
import type { Socket } from 'node:net'

// Reads "+ pid" and "- pid"; when our end of the pipe closes (this process ended, however it ended), kills what is left.
const SCRIPT = `
groups=' '
while read -r change pid; do
  case $change in
    +) groups="$groups$pid " ;;
    -) groups="\${groups%% $pid *} \${groups#* $pid }" ;;
  esac
done
for pid in $groups; do kill -KILL "-$pid" 2>/dev/null; done
`

let watchdog: ChildProcess | undefined

/**
 * Has a process group killed when this process dies, even by SIGKILL: one small shell per process watches a pipe.
 * (Linux has PR_SET_PDEATHSIG, but it misses what a tool itself started, and macOS has nothing.)
 * @returns what to call when the group has ended.
 */
export function watchGroup(pid: number): () => void {
  tell(`+ ${pid}\n`)
  return () => tell(`- ${pid}\n`)
}

function tell(change: string): void {
  if (!watchdog || watchdog.exitCode !== null || watchdog.signalCode !== null) watchdog = start()
  watchdog.stdin?.write(change)
}

function start(): ChildProcess {
  const child = spawn('/bin/sh', ['-c', SCRIPT], {
    detached: true,
    cwd: '/',
    env: {},
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.on('error', () => undefined)
  const pipe = child.stdin as Socket
  pipe.on('error', () => undefined)
  // it must not keep this process alive
  child.unref()
  pipe.unref()
  return child
}
