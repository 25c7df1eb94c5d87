import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { createRoomClient, type RoomClient } from '#scripts/room-client.ts'
import { testDatabase } from '#test/setup/database.ts'

export type StudioProcess = 'bot' | 'worker' | 'scheduler'

/** The product itself, as `npm start` runs it, on a folder and a database of its own. */
export interface TestStudio {
  readonly room: RoomClient
  readonly baseUrl: string
  readonly dir: string
  readonly launcherPid: number
  /** what all its processes logged */
  output(): string
  /** pid of one of its processes now; throws when it does not run */
  pid(process: StudioProcess): Promise<number>
  /** starts it again on the same folder and database, e.g. after its launcher was killed */
  restart(): Promise<TestStudio>
  stop(): Promise<void>
}

const ENTRY: Record<StudioProcess, string> = {
  bot: 'bot/main.ts',
  worker: 'workers/main.ts',
  scheduler: 'scheduler/main.ts',
}

interface Options {
  readonly env?: Record<string, string>
  /** with its own database process, as on a fresh machine; otherwise a fresh database of the shared test server */
  readonly embedded?: boolean
  /** an existing empty folder instead of a new one, e.g. a small disk; it is left in place */
  readonly dir?: string
}

/** Starts a studio and waits until it takes commands. Timings run at a fifth: a worker on a busy machine must not seem dead. */
export async function startTestStudio(options: Options = {}): Promise<TestStudio> {
  const dir = options.dir ?? (await mkdtemp(path.join(tmpdir(), 'dailies-e2e-')))
  const database = options.embedded === true ? undefined : await testDatabase()
  return launch(
    dir,
    { ...(database === undefined ? {} : { DATABASE_URL: database.url }), ...options.env },
    async () => {
      await database?.drop()
      if (options.dir === undefined) await rm(dir, { recursive: true, force: true })
    },
  )
}

async function launch(dir: string, env: Record<string, string>, remove: () => Promise<void>): Promise<TestStudio> {
  const child = spawn(process.execPath, ['scripts/start.ts'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      HOME: dir,
      LANG: 'C.UTF-8',
      DATA_DIR: dir,
      HTTP_PORT: '0',
      TIME_SCALE: '0.2',
      LOG_LEVEL: 'info',
      ...env,
    },
  })
  const output: string[] = []
  const baseUrl = await address(child, output)
  const launcherPid = child.pid ?? 0
  return {
    room: createRoomClient({
      baseUrl,
      ...(env['ROOM_PASSWORD'] === undefined ? {} : { password: env['ROOM_PASSWORD'] }),
    }),
    baseUrl,
    dir,
    launcherPid,
    output: () => output.join('\n'),
    pid: (name) => childPid(launcherPid, ENTRY[name]),
    restart: () => launch(dir, env, remove),
    async stop() {
      await ended(child)
      await remove()
    },
  }
}

async function address(child: ChildProcess, output: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => fail('not ready after 60 s'), 60_000)
    const fail = (why: string): void => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(new Error(`the studio did not start: ${why}\n${output.slice(-40).join('\n')}`))
    }
    child.once('exit', (code) => fail(`it exited with ${String(code)}`))
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue
      createInterface(stream).on('line', (line) => {
        output.push(line)
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(line)
        if (found === null || line.startsWith('{')) return
        clearTimeout(timer)
        child.removeAllListeners('exit')
        resolve(found[0])
      })
    }
  })
}

/** Ctrl-C, as a person would; whatever is left after 20 s is a failure. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGINT')
  const timer = setTimeout(() => child.kill('SIGKILL'), 20_000)
  await exit
  clearTimeout(timer)
  if (child.signalCode === 'SIGKILL') throw new Error('the studio did not stop within 20 s of Ctrl-C')
}

async function childPid(parent: number, entry: string): Promise<number> {
  for (const pid of await descendants(parent)) {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (line.split('\0').some((word) => word.endsWith(entry))) return pid
  }
  throw new Error(`no process ${entry} under ${parent}`)
}

/** All processes below `parent` (Linux). */
export async function descendants(parent: number): Promise<number[]> {
  const text = await readFile(`/proc/${parent}/task/${parent}/children`, 'utf8').catch(() => '')
  const direct = text.split(' ').filter(Boolean).map(Number)
  const below = await Promise.all(direct.map(descendants))
  return [...direct, ...below.flat()]
}
