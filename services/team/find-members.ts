import { nearest } from '#domain/nearest.ts'
import type { ServiceContext } from '../context.ts'
import { invalid } from '../invalid.ts'

/** Members by name, with commas between them. @throws INVALID_INPUT naming the first that is not there, with the nearest */
export async function findMembers(request: {
  readonly ctx: ServiceContext
  readonly typed: string | undefined
}): Promise<string[]> {
  const names = (request.typed ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (names.length === 0) return []
  const found: string[] = []
  for (const typed of names) found.push((await findMember({ ctx: request.ctx, typed })).id)
  return [...new Set(found)]
}

/** One member by name, case aside. @throws INVALID_INPUT with the nearest name, or when two have it */
export async function findMember(request: {
  readonly ctx: ServiceContext
  readonly typed: string
}): Promise<{ id: string; name: string; role: string }> {
  const { ctx } = request
  const typed = request.typed.replace(/^@/u, '')
  const members = await ctx.db.member.findMany({
    where: { removedAt: null },
    select: { id: true, name: true, role: true },
  })
  const matches = members.filter((member) => member.name.toLowerCase() === typed.toLowerCase() || member.id === typed)
  const [only] = matches
  if (only !== undefined && matches.length === 1) return only
  if (matches.length > 1)
    throw invalid(ctx.t, 'commands.problem.severalMembers', { typed, matches: matches.map(({ id }) => id).join(', ') })
  const accepted = members.map(({ name }) => name)
  const near = nearest(typed, accepted)
  throw invalid(ctx.t, near === undefined ? 'commands.problem.member' : 'commands.problem.memberNear', {
    typed,
    near: near ?? '',
    accepted: accepted.slice(0, 20).join(', '),
  })
}
