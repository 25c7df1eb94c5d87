import type { ServiceContext } from '../context.ts'
import { projectById } from './find-project.ts'

/**
 * Deletes a project for good: its work is stopped, its runs, results, edits, posts and files go, and bytes that nobody else refers
 * to leave the store. A row with its number stays, so that the number is not used again and the thread can say what became
 * of it; what another project has taken over of its results stays with that one.
 */
export async function deleteProject(request: {
  readonly ctx: ServiceContext
  readonly projectId: string
}): Promise<void> {
  const { ctx, projectId } = request
  await projectById(ctx, projectId)
  const runs = await ctx.db.run.findMany({
    where: { projectId, status: { in: ['active', 'paused', 'waiting'] } },
    select: { id: true },
  })
  for (const run of runs) await ctx.engine.cancel({ scope: ctx.scope, runId: run.id })
  const sha256s = await eraseProject(ctx, projectId)
  await ctx.releaseBytes?.(sha256s)
  ctx.log.info({ projectId, files: sha256s.length, memberId: ctx.member.id }, 'project deleted')
}

/** Removes what a project holds and marks it deleted; returns the hashes of its files. Doing it twice does no harm. */
export async function eraseProject(ctx: Pick<ServiceContext, 'db' | 'now'>, projectId: string): Promise<string[]> {
  const { number } = await ctx.db.project.findFirstOrThrow({ where: { id: projectId }, select: { number: true } })
  const files = await ctx.db.artifact.findMany({ where: { projectId }, select: { sha256: true }, distinct: ['sha256'] })
  await ctx.db.$transaction(async (transaction) => {
    await transaction.artifact.deleteMany({ where: { projectId } })
    await transaction.run.deleteMany({ where: { projectId } })
    await transaction.action.deleteMany({ where: { projectId } })
    await transaction.post.deleteMany({ where: { projectId, key: { not: 'status' } } })
    await transaction.stepResult.deleteMany({ where: { projectId } })
    await transaction.thread.updateMany({ where: { projectId }, data: { title: `#${number}` } })
    await transaction.project.updateMany({
      where: { id: projectId },
      data: { deletedAt: ctx.now(), title: '', request: {}, reviewers: [] },
    })
  })
  return files.map(({ sha256 }) => sha256)
}
