import { listMembers as readMembers } from '#prisma/queries/members.ts'
import type { ServiceContext } from '../context.ts'

/** The people of this workspace, by name. */
export async function listMembers(ctx: ServiceContext): Promise<{ id: string; name: string; role: string }[]> {
  return (await readMembers(ctx.db)).map(({ id, name, role }) => ({ id, name, role }))
}
