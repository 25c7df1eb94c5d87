import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { processStarted } from '#core/database/server-process.ts'

export interface FolderClaim {
  /** notes what runs, so that whoever comes after a killed launcher can wait for it */
  note(state: { url?: string | undefined; pids: readonly number[] }): Promise<void>
  release(): Promise<void>
}

/** A studio's data folder is in use by a living launcher. */
export class FolderTaken extends Error {
  override readonly name = 'FolderTaken'
  /** the address of its room; undefined while it starts */
  readonly url: string | undefined

  constructor(url: string | undefined) {
    super(`This studio runs already${url === undefined ? '' : `: ${url}`}`)
    this.url = url
  }
}

interface Living {
  readonly pid: number
  readonly started: string | undefined
}

interface State {
  readonly launcher: Living
  readonly url?: string | undefined
  readonly children: readonly Living[]
}

/** How long processes that a killed launcher left behind may take to notice it, ms. */
const LEFTOVERS_MS = 15_000

/**
 * One studio a data folder. Waits for processes of a launcher that was killed, and ends those that do not notice.
 * Throws FolderTaken, with the address of the room, when another launcher lives.
 */
export async function claimFolder(dataDir: string): Promise<FolderClaim> {
  const file = path.join(dataDir, 'studio.json')
  const former = await read(file)
  if (former && (await lives(former.launcher))) {
    throw new FolderTaken(former.url)
  }
  await outlive(former?.children ?? [])
  const launcher = await identify(process.pid)
  const write = async (state: State): Promise<void> => writeFile(file, JSON.stringify(state), { mode: 0o600 })
  await write({ launcher, children: [] })
  return {
    note: async ({ url, pids }) => write({ launcher, url, children: await Promise.all(pids.map(identify)) }),
    release: () => rm(file, { force: true }),
  }
}

async function read(file: string): Promise<State | undefined> {
  try {
    const state: State = JSON.parse(await readFile(file, 'utf8'))
    return state
  } catch {
    // none, or one whose writing was cut short: nothing to wait for
    return undefined
  }
}

async function outlive(children: readonly Living[]): Promise<void> {
  const deadline = Date.now() + LEFTOVERS_MS
  for (const child of children) {
    while (await lives(child)) {
      if (Date.now() > deadline) process.kill(child.pid, 'SIGKILL')
      await sleep(100)
    }
  }
}

async function identify(pid: number): Promise<Living> {
  return { pid, started: await processStarted(pid) }
}

async function lives({ pid, started }: Living): Promise<boolean> {
  return started !== undefined && (await processStarted(pid)) === started
}
