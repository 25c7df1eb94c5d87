import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Bench, type Measure, median } from './measure.ts'

const ROUNDS = 5
const READY_S = 4
const IDLE_MB = 400
const SETTLE_MS = 8_000

/** From `npm start` to the first command, on an installed clone, and what the idle studio holds in memory. */
export const start: Bench = {
  run: async (say) => {
    const dataDir = await mkdtemp(path.join(tmpdir(), 'dailies-bench-start-'))
    try {
      // the first start makes the database: that is set-up, not a start
      await (await launch(dataDir)).stop()
      const seconds: number[] = []
      const memory: Memory[] = []
      for (let round = 1; round <= ROUNDS; round++) {
        const studio = await launch(dataDir)
        seconds.push(studio.seconds)
        await sleep(SETTLE_MS)
        memory.push(await held(studio.pid, dataDir))
        await studio.stop()
        say(`round ${round}: ready after ${studio.seconds.toFixed(2)} s, ${Math.round(memory.at(-1)?.parts ?? 0)} MB`)
      }
      return measures(
        median(seconds),
        median(memory.map((one) => one.parts)),
        median(memory.map((one) => one.launcher)),
      )
    } finally {
      await rm(dataDir, { recursive: true, force: true })
    }
  },
}

function measures(ready: number, parts: number, launcher: number): Measure[] {
  const limited = (metric: string, value: number, unit: string, floor: number): Measure => ({
    metric,
    value,
    unit,
    floor,
    ratio: value / floor,
    target: `≤ ${floor} ${unit}`,
    ok: value <= floor,
  })
  return [
    limited('npm start → ready for the first command', ready, 's', READY_S),
    limited('bot, worker, scheduler and database, idle (PSS)', parts, 'MB', IDLE_MB),
    {
      metric: 'the launcher on top',
      value: launcher,
      unit: 'MB',
      floor: null,
      ratio: null,
      target: 'reported',
      ok: true,
    },
  ]
}

async function launch(dataDir: string): Promise<{ seconds: number; pid: number; stop(): Promise<void> }> {
  const began = performance.now()
  const child = spawn('npm', ['start'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, DATA_DIR: dataDir, HTTP_PORT: '0', LOG_LEVEL: 'error', DATABASE_URL: '', REDIS_URL: '' },
    detached: true,
  })
  await ready(child)
  const seconds = (performance.now() - began) / 1000
  const pid = child.pid ?? 0
  return {
    seconds,
    pid,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      process.kill(-pid, 'SIGINT')
      await ended
    },
  }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`npm start ended with ${String(code)}`)))
    if (child.stdout === null) return reject(new Error('no output'))
    createInterface(child.stdout).on('line', (line) => {
      if (line.includes('is ready')) resolve()
    })
  })
}

interface Memory {
  /** bot, worker, scheduler and the database's processes, MB of PSS */
  readonly parts: number
  /** npm and the two processes that watch over them */
  readonly launcher: number
}

async function held(launcher: number, dataDir: string): Promise<Memory> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number)
  const family = new Set([launcher])
  const database = new Set<number>()
  // pids grow, mostly: twice is enough for the depth that there is
  for (let pass = 0; pass < 4; pass++) {
    for (const pid of processes) {
      const { parent, command } = await look(pid)
      if (family.has(parent)) family.add(pid)
      if (command.includes(dataDir) && command.includes('postgres')) database.add(pid)
      if (database.has(parent)) database.add(pid)
    }
  }
  const memory = { parts: 0, launcher: 0 }
  for (const pid of new Set([...family, ...database])) {
    const { command } = await look(pid)
    const part = database.has(pid) || /(?:bot|workers|scheduler)\/main\.ts/.test(command)
    memory[part ? 'parts' : 'launcher'] += await pss(pid)
  }
  return memory
}

async function look(pid: number): Promise<{ parent: number; command: string }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  return { parent: Number(/PPid:\s+(\d+)/.exec(status)?.[1] ?? 0), command: command.replaceAll('\0', ' ') }
}

async function pss(pid: number): Promise<number> {
  const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024
}
