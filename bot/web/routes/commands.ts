import type { FastifyInstance } from 'fastify'
import { translator } from '#core/words/index.ts'
import { suggestions } from '#services/chat/suggestions.ts'
import type { Door } from '../door.ts'
import type { RoomParts } from '../parts.ts'
import { describeCommands } from '../describe-commands.ts'

/** `GET /room/commands`: what the composer completes, for the asker's role and in the asker's language. */
export function commandRoutes(app: FastifyInstance, parts: RoomParts, door: Door): void {
  app.get('/room/commands', async (request) => {
    const asker = await door.require(request)
    const t = translator(asker.member.locale)
    return {
      commands: describeCommands({ commands: parts.commands, role: asker.member.role, t }),
      suggestions: await suggestions({ db: parts.db, locale: asker.member.locale }),
    }
  })
}
