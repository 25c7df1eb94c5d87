import type { ServiceContext } from '../context.ts'
import { HIDDEN_KINDS } from './hidden-kinds.ts'

export interface ListedProject {
  readonly id: string
  readonly number: number
  readonly kind: string
  readonly title: string
  readonly updatedAt: Date
  readonly requestedBy: string
  /** state of the newest run; undefined before it began */
  readonly status: string | undefined
  /** checkpoints that wait for a person */
  readonly waiting: number
}

/** Projects by last change, newest first; `search` is a number or a part of a title. */
export async function listProjects(request: {
  readonly ctx: ServiceContext
  readonly search?: string | undefined
  readonly status?: string | undefined
  readonly limit: number
}): Promise<ListedProject[]> {
  const { ctx, search, status, limit } = request
  const number = /^#?(\d{1,9})$/u.exec(search?.trim() ?? '')?.[1]
  const titled = search === undefined ? {} : { title: { contains: search.trim(), mode: 'insensitive' as const } }
  const projects = await ctx.db.project.findMany({
    where: {
      deletedAt: null,
      kind: { notIn: HIDDEN_KINDS },
      ...(status === undefined ? {} : { runs: { some: { status } } }),
      ...(number === undefined ? titled : { OR: [{ number: Number(number) }, titled] }),
    },
    include: { runs: { orderBy: { ordinal: 'desc' }, take: 1, select: { id: true, status: true } } },
    orderBy: { updatedAt: 'desc' },
    // the state of an older run may have matched: those are left out below
    take: status === undefined ? limit : limit * 3,
  })
  const runIds = projects.flatMap((project) => project.runs.map((run) => run.id))
  const waiting = await ctx.db.step.groupBy({
    by: ['projectId'],
    where: { runId: { in: runIds }, status: 'waiting_person' },
    _count: true,
  })
  const counts = new Map(waiting.map((row) => [row.projectId, row._count]))
  return projects
    .map(({ runs: [run], ...project }) => ({
      ...pick(project),
      status: run?.status,
      waiting: counts.get(project.id) ?? 0,
    }))
    .filter((project) => status === undefined || project.status === status)
    .slice(0, limit)
}

function pick({ id, number, kind, title, updatedAt, requestedBy }: Omit<ListedProject, 'status' | 'waiting'>) {
  return { id, number, kind, title, updatedAt, requestedBy }
}
