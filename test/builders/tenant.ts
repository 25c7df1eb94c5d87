import { newId } from '#core/ids.ts'
import type { Role } from '#domain/role.ts'
import type { Scope } from '#domain/scope.ts'
import { scopedDb } from '#prisma/scoped.ts'
import type { ScopedDb } from '#prisma/scoped.ts'
import type { Database } from '#prisma/client.ts'

export interface Tenant {
  readonly scope: Scope
  readonly db: ScopedDb
  readonly roomId: string
  /** an admin */
  readonly memberId: string
}

/** A workspace with its default niche, a web-like room and one member. `name` is only for reading. */
export async function buildTenant(database: Database, name = 'crew', role: Role = 'admin'): Promise<Tenant> {
  const scope = { workspaceId: newId('wsp'), nicheId: newId('nch') }
  const roomId = newId('rom')
  const memberId = newId('mbr')
  const { prisma } = database
  await prisma.workspace.create({ data: { id: scope.workspaceId, name } })
  await prisma.niche.create({
    data: { id: scope.nicheId, workspaceId: scope.workspaceId, name: 'house', isDefault: true },
  })
  await prisma.room.create({ data: { id: roomId, workspaceId: scope.workspaceId, surface: 'web', externalId: roomId } })
  await prisma.member.create({
    data: {
      id: memberId,
      workspaceId: scope.workspaceId,
      surface: 'web',
      externalId: memberId,
      name: `${name}-member`,
      role,
    },
  })
  return { scope, db: scopedDb(database, scope), roomId, memberId }
}
