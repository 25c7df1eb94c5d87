import { AppError } from '#core/errors.ts'
import type { Role } from '#domain/role.ts'
import type { ScopedTransaction } from '#prisma/scoped.ts'
import type { ServiceContext } from '../context.ts'
import { invalid } from '../invalid.ts'
import { findMember } from './find-members.ts'

/** Gives a member another role. @throws INVALID_INPUT for an unknown name, or the last admin who would no longer be one */
export async function changeRole(request: {
  readonly ctx: ServiceContext
  readonly name: string
  readonly role: Role
}): Promise<{ name: string }> {
  const { ctx, role } = request
  const member = await findMember({ ctx, typed: request.name })
  await ctx.db.$transaction(async (transaction) => {
    await oneAtATime(ctx, transaction)
    await transaction.member.updateMany({ where: { id: member.id }, data: { role } })
    await keepAnAdmin(ctx, transaction)
  })
  ctx.log.info({ changedId: member.id, role, memberId: ctx.member.id }, 'role changed')
  return { name: member.name }
}

/**
 * Takes a member out: their sessions end at once; what they decided stays signed with their name.
 * @throws INVALID_INPUT for an unknown name or the last admin
 */
export async function removeMember(request: {
  readonly ctx: ServiceContext
  readonly memberId: string
}): Promise<{ name: string }> {
  const { ctx, memberId } = request
  const member = await ctx.db.member.findFirst({ where: { id: memberId, removedAt: null } })
  if (member === null) throw new AppError('NOT_FOUND', 'no such member')
  await ctx.db.$transaction(async (transaction) => {
    await oneAtATime(ctx, transaction)
    await transaction.member.updateMany({ where: { id: memberId }, data: { removedAt: ctx.now() } })
    await keepAnAdmin(ctx, transaction)
    await transaction.session.deleteMany({ where: { memberId } })
  })
  ctx.log.info({ changedId: memberId, memberId: ctx.member.id }, 'member removed')
  return { name: member.name }
}

/** Two admins who remove each other at the same moment must not both succeed: the workspace's row is the lock. */
async function oneAtATime(ctx: ServiceContext, transaction: ScopedTransaction): Promise<void> {
  await transaction.workspace.update({ where: { id: ctx.scope.workspaceId }, data: { projectCount: { increment: 0 } } })
}

async function keepAnAdmin(ctx: ServiceContext, transaction: ScopedTransaction): Promise<void> {
  const admins = await transaction.member.count({ where: { role: 'admin', removedAt: null } })
  if (admins === 0) throw invalid(ctx.t, 'commands.problem.lastAdmin')
}
