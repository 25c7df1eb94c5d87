import { deletedWithFiles, endedProjects, workspacesWithSetting } from '#prisma/queries/system/ended-projects.ts'
import { releaseBytes } from '../artifacts/release-bytes.ts'
import { eraseProject } from '../projects/delete-project.ts'
import { readSettings } from '../settings/read-settings.ts'
import type { ScopedId } from '#prisma/queries/system/scopes.ts'
import type { UpkeepContext } from './context.ts'

const DAY_MS = 86_400_000
/** As many as one pass takes of one workspace. */
const BATCH = 200

/**
 * Deletes finished projects where a workspace keeps them for so many days only, and what workers still wrote for projects
 * that were deleted meanwhile. Returns how many.
 */
export async function deleteOld(ctx: UpkeepContext): Promise<number> {
  let erased = 0
  for (const { scope } of await workspacesWithSetting(ctx.db, 'limits')) {
    const { limits } = await readSettings(ctx.within(scope))
    if (limits.retentionDays === null) continue
    const before = new Date(ctx.now().getTime() - limits.retentionDays * DAY_MS)
    erased += await erase(ctx, await endedProjects(ctx.db, { workspaceId: scope.workspaceId, before, limit: BATCH }))
  }
  erased += await erase(ctx, await deletedWithFiles(ctx.db, BATCH))
  if (erased > 0) ctx.log.info({ projects: erased }, 'old projects deleted')
  return erased
}

async function erase(ctx: UpkeepContext, projects: readonly ScopedId[]): Promise<number> {
  const { db, storage, log } = ctx
  for (const { id, scope } of projects) {
    const sha256s = await eraseProject({ db: ctx.within(scope), now: ctx.now }, id)
    await releaseBytes({ db, storage, sha256s, log })
  }
  return projects.length
}
