import type { ScopedDb } from '#prisma/scoped.ts'

/** What a project's thread is called. */
export async function projectTitle(db: ScopedDb, projectId: string): Promise<string> {
  const { number, title } = await db.project.findFirstOrThrow({
    where: { id: projectId },
    select: { number: true, title: true },
  })
  return `#${number} · ${title}`
}
