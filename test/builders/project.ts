import { newId } from '#core/ids.ts'
import type { ScopedDb } from '#prisma/scoped.ts'

export interface BuiltProject {
  readonly projectId: string
  readonly number: number
}

/** A project without a run. */
export async function buildProject(
  db: ScopedDb,
  options: { title?: string; kind?: string; requestedBy?: string; request?: object } = {},
): Promise<BuiltProject> {
  const { projectCount: number } = await db.workspace.update({
    where: { id: db.scope.workspaceId },
    data: { projectCount: { increment: 1 } },
  })
  const projectId = newId('prj')
  await db.project.create({
    data: {
      ...db.scope,
      id: projectId,
      number,
      kind: options.kind ?? 'dub',
      title: options.title ?? `Project ${number}`,
      request: options.request ?? {},
      requestedBy: options.requestedBy ?? 'mbr_nobody',
      reviewers: [],
    },
  })
  return { projectId, number }
}
