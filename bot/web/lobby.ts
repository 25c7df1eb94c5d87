import { openLobby } from '#services/chat/open-lobby.ts'
import type { Asker } from '../asker.ts'
import type { RoomParts } from './parts.ts'

/** How every member's own thread is called in the room's API. */
export const LOBBY = 'lobby'

/** The kept id of a thread as the API names it. */
export async function threadIdOf(parts: Pick<RoomParts, 'db' | 'room'>, asker: Asker, name: string): Promise<string> {
  return name === LOBBY ? (await lobbyOf(parts, asker)).id : name
}

/** The API's name of a kept thread. */
export async function threadNameFor(parts: Pick<RoomParts, 'db' | 'room'>, asker: Asker, id: string): Promise<string> {
  return (await lobbyOf(parts, asker)).id === id ? LOBBY : id
}

function lobbyOf(parts: Pick<RoomParts, 'db' | 'room'>, asker: Asker): Promise<{ id: string }> {
  return openLobby({ db: parts.db, roomId: parts.room.id, memberId: asker.member.id })
}
