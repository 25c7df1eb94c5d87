import type { FastifyInstance } from 'fastify'
import { room as english } from '#core/words/en/room.ts'
import { room as portuguese } from '#core/words/pt-BR/room.ts'
import type { Locale } from '#core/words/index.ts'
import type { Door } from '../door.ts'

const WORDS: Record<Locale, object> = { en: english.page, 'pt-BR': portuguese.page }

/** `GET /room/me`: who I am here, and the page's words in my language. A stranger gets the words of the door, and no name. */
export function meRoutes(app: FastifyInstance, door: Door): void {
  app.get('/room/me', async (request) => {
    const asker = await door.identify(request)
    const locale = asker?.member.locale ?? door.strangersLocale(request)
    const member = asker && { id: asker.member.id, name: asker.member.name, role: asker.member.role }
    return { ...(member && { member }), locale, words: WORDS[locale as Locale] }
  })
}
