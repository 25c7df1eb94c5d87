import type { Logger } from '#core/log.ts'
import type { ProjectView } from '#domain/project-view.ts'
import type { ServiceContext } from '#services/context.ts'
import type { Surface } from '../surface.ts'
import { createPacer } from './pacer.ts'
import { reconcileProject } from './reconcile.ts'

/** Keeps all threads up to date: hears which projects changed, and catches up after a silence. */
export interface Keeper {
  /** something of this project changed */
  touch(projectId: string): void
  /** brings the project's threads up to date; settles when they are */
  now(projectId: string): Promise<void>
  /** at start, and when notifications may have been lost */
  sweep(): Promise<void>
  idle(): Promise<void>
  close(): Promise<void>
}

export interface KeeperParts {
  /** everything that a project's threads show; undefined when it is gone */
  load(projectId: string): Promise<{ readonly db: ServiceContext['db']; readonly view: ProjectView } | undefined>
  /** projects whose threads may have to change */
  live(): Promise<readonly string[]>
  readonly surfaces: readonly Surface[]
  readonly log: Logger
}

/** Projects brought up to date at once: a few, so that a sweep leaves the database to others. */
const WIDTH = 4

export function createKeeper(parts: KeeperParts): Keeper {
  const surfaces = new Map(parts.surfaces.map((surface) => [surface.id, surface]))
  const pacer = createPacer({
    gapMs: Math.min(...parts.surfaces.map((surface) => surface.editGapMs)),
    width: WIDTH,
    run: async (projectId) => {
      const loaded = await parts.load(projectId)
      if (loaded) await reconcileProject({ ...loaded, surfaces, log: parts.log.child({ projectId }) })
    },
    onError: (projectId, error) =>
      parts.log.error({ err: error, projectId }, 'a thread could not be brought up to date'),
  })
  return {
    touch: pacer.touch,
    now: pacer.now,
    sweep: async () => {
      for (const projectId of await parts.live()) pacer.touch(projectId)
    },
    idle: pacer.idle,
    close: pacer.close,
  }
}
