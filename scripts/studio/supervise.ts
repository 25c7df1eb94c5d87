import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { closeSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { EXIT_CONFIG } from '#core/lifecycle.ts'
import type { Part } from './parts.ts'

export interface Supervised {
  readonly part: Part
  readonly pid: number | undefined
  /** ends the process in order and starts it again */
  restart(): void
  /** SIGTERM, and SIGKILL for what is left after `graceMs` */
  stop(graceMs: number): Promise<void>
}

export interface SuperviseOptions {
  readonly part: Part
  /** below the project */
  readonly entry: string
  /** read at every start */
  readonly env: () => NodeJS.ProcessEnv
  readonly output: () => 'inherit' | number
  readonly say: (line: string) => void
  readonly onStarted: () => void
  readonly onReady: (url: string | undefined) => void
  /** it cannot run at all: no further start is tried */
  readonly onBroken: (reason: string) => void
}

const PROJECT = new URL('../../', import.meta.url)
/** Three processes share the memory of a small machine: a small young generation, and Prisma's WebAssembly compiled once, not twice. */
const NODE_FLAGS = ['--disable-warning=ExperimentalWarning', '--max-semi-space-size=2', '--liftoff-only']
const FIRST_WAIT_MS = 200
const LONGEST_WAIT_MS = 10_000
/** A process that lived this long starts with the shortest wait again, ms. */
const HEALTHY_MS = 30_000
/** Starts that never got ready, the first ones, before it counts as broken. Later it may only be waiting for the database. */
const HOPELESS = 5

interface State {
  child: ChildProcess | undefined
  timer: NodeJS.Timeout | undefined
  stopping: boolean
  restarting: boolean
  waitMs: number
  everReady: boolean
  failedStarts: number
}

/** Runs one part as a process and starts it again whenever it ends, with growing waits. */
export function supervise(options: SuperviseOptions): Supervised {
  const state: State = {
    child: undefined,
    timer: undefined,
    stopping: false,
    restarting: false,
    waitMs: FIRST_WAIT_MS,
    everReady: false,
    failedStarts: 0,
  }
  launch(options, state)
  return {
    part: options.part,
    get pid() {
      return state.child?.pid
    },
    restart: () => {
      state.restarting = true
      state.child?.kill('SIGTERM')
    },
    stop: (graceMs) => stop(state, graceMs),
  }
}

function launch(options: SuperviseOptions, state: State): void {
  const output = options.output()
  const startedAt = Date.now()
  const child = spawn(process.execPath, [...NODE_FLAGS, options.entry], {
    cwd: fileURLToPath(PROJECT),
    env: options.env(),
    // its own group: the terminal's Ctrl-C is ours to pass on, in order
    detached: true,
    stdio: ['ignore', output, output === 'inherit' ? 'inherit' : 'pipe', 'ipc'],
  })
  state.child = child
  child.stderr?.on('data', (text: Buffer) => options.say(`${options.part}: ${text.toString().trimEnd()}`))
  child.on('message', (message) => {
    if (!isReady(message)) return
    state.everReady = true
    options.onReady(message.url)
  })
  child.once('error', () => ended(null))
  child.once('exit', (code) => ended(code))
  options.onStarted()

  function ended(code: number | null): void {
    if (state.child !== child) return
    state.child = undefined
    if (typeof output === 'number') closeSync(output)
    if (!state.everReady) state.failedStarts += 1
    if (Date.now() - startedAt > HEALTHY_MS) state.waitMs = FIRST_WAIT_MS
    startAgain(options, state, code)
  }
}

function startAgain(options: SuperviseOptions, state: State, code: number | null): void {
  if (state.stopping) return
  if (code === EXIT_CONFIG) return options.onBroken(`The ${options.part} cannot run; the reason is above.`)
  if (state.failedStarts >= HOPELESS)
    return options.onBroken(`The ${options.part} ended ${HOPELESS} times before it was ready.`)
  const waitMs = state.restarting ? 0 : state.waitMs
  if (!state.restarting) {
    options.say(
      `The ${options.part} ended (${code === null ? 'killed' : `status ${code}`}); it starts again in ${waitMs / 1_000} s.`,
    )
    state.waitMs = Math.min(state.waitMs * 2, LONGEST_WAIT_MS)
  }
  state.restarting = false
  state.timer = setTimeout(() => launch(options, state), waitMs)
}

async function stop(state: State, graceMs: number): Promise<void> {
  state.stopping = true
  clearTimeout(state.timer)
  const { child } = state
  if (child?.pid === undefined) return
  const { pid } = child
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const timer = setTimeout(() => killGroup(pid), graceMs)
  await gone
  clearTimeout(timer)
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // it ended in between
  }
}

function isReady(message: unknown): message is { ready: true; url?: string } {
  return typeof message === 'object' && message !== null && 'ready' in message && message.ready === true
}
