import type { ScopedDb } from '#prisma/scoped.ts'
import { projectTitle } from './project-title.ts'

/** A project is called so from now on, in lists and searches and in all its threads. A deleted one keeps quiet. */
export async function keepTitle(db: ScopedDb, project: { readonly id: string; readonly title: string }): Promise<void> {
  const { id, title } = project
  const { count } = await db.project.updateMany({ where: { id, deletedAt: null }, data: { title } })
  if (count === 0) return
  await db.thread.updateMany({ where: { projectId: id }, data: { title: await projectTitle(db, id) } })
}
