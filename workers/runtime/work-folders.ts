import { mkdir, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import type { ClaimedStep } from '#engine/engine.ts'

export interface WorkFolders {
  /** An empty folder for one attempt, removed when `work` is over. */
  within<T>(step: Pick<ClaimedStep, 'id' | 'fence'>, work: (dir: string) => Promise<T>): Promise<T>
  /** A folder that lives as long as the worker, for calls outside steps. */
  readonly common: string
  /** Removes what workers left that are not alive. */
  sweep(alive: readonly string[]): Promise<void>
  close(): Promise<void>
}

/** The scratch folders of one worker: `<root>/<worker>/<step>-<fence>`. */
export async function createWorkFolders(root: string, workerId: string): Promise<WorkFolders> {
  const own = path.join(root, workerId)
  const common = path.join(own, 'common')
  await mkdir(common, { recursive: true, mode: 0o700 })
  return {
    common,
    within: async (step, work) => {
      const dir = path.join(own, `${step.id}-${step.fence}`)
      await mkdir(dir, { recursive: true, mode: 0o700 })
      try {
        return await work(dir)
      } finally {
        await rm(dir, { recursive: true, force: true, maxRetries: 3 })
      }
    },
    sweep: async (alive) => {
      const left = (await readdir(root)).filter((name) => name !== workerId && !alive.includes(name))
      for (const name of left) await rm(path.join(root, name), { recursive: true, force: true })
    },
    close: () => rm(own, { recursive: true, force: true, maxRetries: 3 }),
  }
}
