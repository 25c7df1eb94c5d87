import { AppError } from '#core/errors.ts'
import { nearest } from '#domain/nearest.ts'
import type { ServiceContext } from '../context.ts'
import { invalid } from '../invalid.ts'
import { HIDDEN_KINDS } from './hidden-kinds.ts'

/** A project as commands act on it. */
export interface FoundProject {
  readonly id: string
  readonly number: number
  readonly kind: string
  readonly title: string
  readonly requestedBy: string
}

const SELECT = { id: true, number: true, kind: true, title: true, requestedBy: true } as const

/**
 * The project that was meant: its number (12 or #12), a part of its title, or, when nothing was typed, that of the thread.
 * @throws NOT_FOUND for a number that is not there, INVALID_INPUT when it is unclear
 */
export async function findProject(request: {
  readonly ctx: ServiceContext
  readonly typed: string | undefined
  /** project of the thread that the command was typed in */
  readonly threadProjectId: string | undefined
}): Promise<FoundProject> {
  const { ctx, typed } = request
  if (typed === undefined) return ofThread(ctx, request.threadProjectId)
  const number = /^#?(\d{1,9})$/u.exec(typed.trim())?.[1]
  if (number !== undefined) return byNumber(ctx, Number(number))
  return byTitle(ctx, typed.trim())
}

/** A project by its id; for actions, whose target is one. @throws NOT_FOUND */
export async function projectById(ctx: ServiceContext, projectId: string): Promise<FoundProject> {
  const project = await ctx.db.project.findFirst({ where: { id: projectId, deletedAt: null }, select: SELECT })
  if (project === null) throw new AppError('NOT_FOUND', 'no such project')
  return project
}

async function ofThread(ctx: ServiceContext, projectId: string | undefined): Promise<FoundProject> {
  if (projectId === undefined) throw invalid(ctx.t, 'commands.problem.whichProject')
  return projectById(ctx, projectId)
}

async function byNumber(ctx: ServiceContext, number: number): Promise<FoundProject> {
  const project = await ctx.db.project.findFirst({ where: { number, deletedAt: null }, select: SELECT })
  if (project === null)
    throw new AppError('NOT_FOUND', 'no such project', {
      data: { number, reason: ctx.t('commands.problem.noSuchProject', { typed: `#${number}` }) },
    })
  return project
}

async function byTitle(ctx: ServiceContext, text: string): Promise<FoundProject> {
  const found = await ctx.db.project.findMany({
    where: { title: { contains: text, mode: 'insensitive' }, deletedAt: null, kind: { notIn: HIDDEN_KINDS } },
    orderBy: { updatedAt: 'desc' },
    select: SELECT,
    take: 6,
  })
  const [only] = found
  if (only !== undefined && found.length === 1) return only
  if (found.length > 1) {
    const matches = found.map((project) => `#${project.number} ${project.title}`).join(', ')
    throw invalid(ctx.t, 'commands.problem.severalProjects', { typed: text, matches })
  }
  const recent = await ctx.db.project.findMany({
    where: { deletedAt: null },
    orderBy: { updatedAt: 'desc' },
    take: 50,
    select: SELECT,
  })
  const near = nearest(
    text,
    recent.map((project) => project.title),
  )
  if (near === undefined) throw invalid(ctx.t, 'commands.problem.noSuchProject', { typed: text })
  throw invalid(ctx.t, 'commands.problem.noSuchProjectNear', { typed: text, near })
}
