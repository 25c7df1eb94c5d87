import { createHash } from 'node:crypto'
import { newId, randomBase62 } from '#core/ids.ts'
import type { Role } from '#domain/role.ts'
import type { ServiceContext } from '../context.ts'
import { invalid } from '../invalid.ts'

/** How long an invitation can be used. */
export const INVITE_HOURS = 72
const HOUR_MS = 3_600_000

/**
 * A one-time link into the web room, shown once to who invites; the invitation keeps only the hash of its token.
 * @throws INVALID_INPUT when somebody of this name is there already
 */
export async function invite(request: {
  readonly ctx: ServiceContext
  readonly name: string
  readonly role: Role
}): Promise<{ link: string; expiresAt: Date }> {
  const { ctx, role } = request
  const name = request.name.trim()
  const taken = await ctx.db.member.findFirst({
    where: { name: { equals: name, mode: 'insensitive' }, removedAt: null },
  })
  if (taken !== null) throw invalid(ctx.t, 'commands.problem.nameTaken', { name })
  const token = randomBase62(32)
  const expiresAt = new Date(ctx.now().getTime() + INVITE_HOURS * HOUR_MS)
  await ctx.db.invite.create({
    data: { id: newId('inv'), workspaceId: ctx.scope.workspaceId, tokenHash: inviteHash(token), name, role, expiresAt },
  })
  ctx.log.info({ name, role, memberId: ctx.member.id }, 'member invited')
  // behind '#': a token in the fragment reaches no server log
  return { link: `${ctx.publicUrl ?? ''}/#invite=${token}`, expiresAt }
}

/** How an invitation's token is kept. */
export function inviteHash(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
