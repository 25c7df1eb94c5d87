import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { Readable } from 'node:stream'
import { AppError } from './errors.ts'
import { createCapture } from './process/capture.ts'
import { type ToolVariable, toolEnvironment } from './process/environment.ts'
import { findTool } from './process/find-tool.ts'
import { killGroup, stopGroup } from './process/group.ts'
import { watchGroup } from './process/watchdog.ts'

const NICENESS = '10'
const DEFAULT_MAX_OUTPUT_BYTES = 16 * 1024 * 1024
/** a tool has ended, but something it started still holds its output open */
const LINGER_MS = 1000
const STDERR_SHOWN = 2000
const DISK_FULL = /No space left on device|ENOSPC|Disk quota exceeded/i
/** ffmpeg ends with 0 when the disk fills up in its last write; this is its own line about it, not a title that says so */
const DISK_FULL_AT_LAST = /^\S.*\S: No space left on device\r?$/m

export interface RunOptions {
  readonly signal?: AbortSignal
  readonly timeoutMs?: number
  readonly cwd?: string
  /** what the tool reads on stdin; without it stdin is empty */
  readonly input?: Buffer | string | Readable
  /** HOME and TMPDIR of the tool: the step's work folder */
  readonly workDir?: string
  /** stdout above it fails the run; of stderr the tail is kept. Default: 16 MiB */
  readonly maxOutputBytes?: number
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void
  readonly env?: Partial<Record<ToolVariable, string>>
  /** false: as important as this process itself. Default: true, so that the studio answers while tools work */
  readonly nice?: boolean
}

/**
 * Runs a tool to its end: the only place that starts a process. An argument list, never a shell; its own process group,
 * nice 10, an allow-listed environment; killed with all it started on abort, on timeout and when this process dies.
 * A full disk is DISK_FULL even when the tool says it succeeded.
 * @throws AppError TOOL_MISSING {command} · TOOL_FAILED {command, exitCode, stderr} · DISK_FULL · TIMEOUT {command, timeoutMs} ·
 * CANCELLED, or the signal's own reason when that is an AppError.
 */
export async function run(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<{ stdout: string; stderr: string }> {
  const { stdout, stderr } = await runBuffer(command, args, options)
  return { stdout: stdout.toString('utf8'), stderr }
}

/** `run` for tools that write binary to stdout. */
export async function runBuffer(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<{ stdout: Buffer; stderr: string }> {
  if (options.signal?.aborted) throw abortError(command, options.signal)
  if (options.cwd !== undefined && !existsSync(options.cwd)) {
    throw new AppError('INTERNAL', 'The folder to run a tool in is not there', { data: { command, cwd: options.cwd } })
  }
  const env = toolEnvironment(options.workDir, options.env)
  const [file, ...argv] = commandLine(command, args, env['PATH'] ?? '', options.nice ?? true)
  const child = spawn(file, argv, {
    detached: true,
    cwd: options.cwd,
    env,
    stdio: [options.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  })
  return finish(command, child, options)
}

/**
 * `setpriv` and `nice` make way for the tool by exec, so the process is the tool's; set from here, a threaded tool could be
 * faster than us, and a kill -9 of this process before the watchdog knows of the tool would leave it running.
 */
function commandLine(
  command: string,
  args: readonly string[],
  searchPath: string,
  isNice: boolean,
): [string, ...string[]] {
  const tool = findTool(command, searchPath)
  if (tool === undefined) throw new AppError('TOOL_MISSING', `${command} is not there`, { data: { command } })
  const nice = isNice ? findTool('nice', searchPath) : undefined
  const [first, ...rest] = nice === undefined ? [tool, ...args] : [nice, '-n', NICENESS, tool, ...args]
  const setpriv = process.platform === 'linux' ? findTool('setpriv', searchPath) : undefined
  return setpriv === undefined ? [first, ...rest] : [setpriv, '--pdeathsig', 'KILL', first, ...rest]
}

async function finish(
  command: string,
  child: ChildProcess,
  options: RunOptions,
): Promise<{ stdout: Buffer; stderr: string }> {
  const unwatch = child.pid === undefined ? undefined : watchGroup(child.pid)
  const stop = createStop(command, child, options)
  const maxBytes = options.maxOutputBytes ?? DEFAULT_MAX_OUTPUT_BYTES
  const stdout = createCapture(child.stdout, {
    maxBytes,
    onLine: lines(options, 'stdout'),
    onOverflow: () => stop.with(overflow(command, maxBytes)),
  })
  const stderr = createCapture(child.stderr, { maxBytes, onLine: lines(options, 'stderr') })
  feed(child, options.input, stop.with)
  try {
    const ended = await endOf(command, child)
    if (stop.error) throw stop.error
    if (ended.exitCode !== 0 || DISK_FULL_AT_LAST.test(stderr.text())) throw failure(command, ended, stderr.text())
    return { stdout: stdout.bytes(), stderr: stderr.text() }
  } finally {
    stop.clear()
    unwatch?.()
  }
}

/** Why the run must end early, at most one reason: abort, timeout, too much output, broken input. */
function createStop(command: string, child: ChildProcess, { signal, timeoutMs }: RunOptions) {
  const stop = {
    error: undefined as AppError | undefined,
    with(error: AppError): void {
      if (stop.error) return
      stop.error = error
      if (child.pid !== undefined) stopGroup(child.pid, child)
    },
    clear(): void {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
    },
  }
  const onAbort = () => stop.with(abortError(command, signal))
  signal?.addEventListener('abort', onAbort, { once: true })
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(
          () => stop.with(new AppError('TIMEOUT', `${command} took too long`, { data: { command, timeoutMs } })),
          timeoutMs,
        )
  return stop
}

function lines({ onLine }: RunOptions, stream: 'stdout' | 'stderr') {
  return onLine && ((line: string) => onLine(line, stream))
}

function feed(child: ChildProcess, input: RunOptions['input'], fail: (error: AppError) => void): void {
  const { stdin } = child
  if (input === undefined || !stdin) return
  // a tool may stop reading early; its exit code tells whether that was a failure
  stdin.on('error', () => undefined)
  if (!(input instanceof Readable)) {
    stdin.end(input)
    return
  }
  input.on('error', (cause) => fail(new AppError('INTERNAL', 'What a tool should read broke off', { cause })))
  stdin.on('close', () => input.destroy())
  input.pipe(stdin)
}

interface Ended {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
}

function endOf(command: string, child: ChildProcess): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let linger: NodeJS.Timeout | undefined
    child.once('error', (cause) => {
      reject(
        new AppError('TOOL_FAILED', `${command} does not start`, {
          cause,
          data: { command, exitCode: null, stderr: cause.message },
        }),
      )
    })
    child.once('exit', () => {
      linger = setTimeout(() => letGo(child), LINGER_MS)
    })
    child.once('close', (exitCode, signal) => {
      clearTimeout(linger)
      resolve({ exitCode, signal })
    })
  })
}

function letGo(child: ChildProcess): void {
  if (child.pid !== undefined) killGroup(child.pid)
  child.stdout?.destroy()
  child.stderr?.destroy()
}

function failure(command: string, { exitCode, signal }: Ended, stderr: string): AppError {
  const tail = stderr.trimEnd().slice(-STDERR_SHOWN)
  if (DISK_FULL.test(stderr))
    return new AppError('DISK_FULL', `${command} found no room on the disk`, { data: { command, stderr: tail } })
  const how = signal ? `was killed by ${signal}` : `ended with ${exitCode}`
  return new AppError('TOOL_FAILED', `${command} ${how}`, {
    data: { command, exitCode, ...(signal && { signal }), stderr: tail },
  })
}

function overflow(command: string, maxBytes: number): AppError {
  return new AppError('TOOL_FAILED', `${command} wrote more than it may`, {
    data: { command, exitCode: null, stderr: `more than ${maxBytes} bytes of output` },
  })
}

function abortError(command: string, signal: AbortSignal | undefined): AppError {
  const reason: unknown = signal?.reason
  if (reason instanceof AppError) return reason
  if (reason instanceof Error && reason.name === 'TimeoutError')
    return new AppError('TIMEOUT', `${command} took too long`, { cause: reason, data: { command } })
  return new AppError('CANCELLED', `${command} was cancelled`, { cause: reason, data: { command } })
}

/** The version that a tool tells of itself, e.g. '5.1.6'; 'unknown' when it tells none, undefined when it is not there. */
export async function toolVersion(name: string): Promise<string | undefined> {
  for (const flag of ['--version', '-version', '-V']) {
    try {
      const { stdout, stderr } = await run(name, [flag], { timeoutMs: 10_000 })
      const version = /\d+(?:\.\d+)+/.exec(stdout || stderr)?.[0]
      if (version) return version
    } catch (error) {
      if (error instanceof AppError && error.code === 'TOOL_MISSING') return undefined
    }
  }
  return 'unknown'
}
