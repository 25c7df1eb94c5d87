import { AppError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import type { Scope } from '#domain/scope.ts'
import { Prisma } from '../../generated/client.ts'
import type { UnscopedDb } from '../../unscoped.ts'

export interface RoomScope {
  readonly roomId: string
  readonly scope: Scope
}

/** A place on a chat platform and its tenant. The first message of a new place makes its workspace and default niche. */
export async function ensureRoom(
  db: UnscopedDb,
  room: { readonly surface: string; readonly externalId: string; readonly name: string },
): Promise<RoomScope> {
  const known = await findRoom(db, room)
  if (known) return known
  const workspaceId = newId('wsp')
  try {
    await db.workspace.create({
      data: {
        id: workspaceId,
        name: room.name,
        niches: { create: { id: newId('nch'), name: 'house', isDefault: true } },
        rooms: { create: { id: newId('rom'), surface: room.surface, externalId: room.externalId } },
      },
    })
  } catch (error) {
    // two processes at once: the second finds what the first made
    if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')) throw error
  }
  const made = await findRoom(db, room)
  if (!made) throw new AppError('INTERNAL', `room ${room.surface}/${room.externalId} has no default niche`)
  return made
}

async function findRoom(db: UnscopedDb, room: { surface: string; externalId: string }): Promise<RoomScope | undefined> {
  const { surface, externalId } = room
  const row = await db.room.findUnique({
    where: { surface_externalId: { surface, externalId } },
    select: {
      id: true,
      workspaceId: true,
      workspace: { select: { niches: { where: { isDefault: true }, select: { id: true } } } },
    },
  })
  const niche = row?.workspace.niches[0]
  return row && niche ? { roomId: row.id, scope: { workspaceId: row.workspaceId, nicheId: niche.id } } : undefined
}
