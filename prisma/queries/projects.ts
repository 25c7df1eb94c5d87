import { newId } from '#core/ids.ts'
import type { Prisma, Project } from '../generated/client.ts'
import type { ScopedDb } from '../scoped.ts'

/** Makes a project with the workspace's next number. Two at once get two numbers. */
export async function createProject(
  db: ScopedDb,
  project: {
    readonly kind: string
    readonly title: string
    /** the pipeline's validated input */
    readonly request: Prisma.InputJsonValue
    readonly requestedBy: string
    readonly reviewers?: readonly string[]
  },
): Promise<Project> {
  return await db.$transaction(async (transaction) => {
    // the row lock makes the count exact: numbers are shared with niches that this client does not see
    const { projectCount: number } = await transaction.workspace.update({
      where: { id: db.scope.workspaceId },
      data: { projectCount: { increment: 1 } },
      select: { projectCount: true },
    })
    const { reviewers = [], ...rest } = project
    return await transaction.project.create({
      data: { ...db.scope, ...rest, id: newId('prj'), number, reviewers: [...reviewers] },
    })
  })
}

/** The project that people call `#<number>`; undefined when there is none, or it was deleted. */
export async function findProjectByNumber(db: ScopedDb, number: number): Promise<Project | undefined> {
  return (await db.project.findFirst({ where: { number, deletedAt: null } })) ?? undefined
}

/** Projects by last change, newest first. `search`: any part of a title, in any case. */
export async function listProjects(
  db: ScopedDb,
  filter: { readonly search?: string; readonly limit: number; readonly before?: Date },
): Promise<Project[]> {
  return await db.project.findMany({
    where: {
      deletedAt: null,
      ...(filter.search === undefined ? {} : { title: { contains: filter.search, mode: 'insensitive' } }),
      ...(filter.before === undefined ? {} : { updatedAt: { lt: filter.before } }),
    },
    orderBy: { updatedAt: 'desc' },
    take: filter.limit,
  })
}
