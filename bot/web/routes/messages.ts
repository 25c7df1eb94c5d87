import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { dropUploads } from '#services/chat/drop-uploads.ts'
import { readSettings } from '#services/settings/read-settings.ts'
import type { Asker } from '../../asker.ts'
import { requireUploader } from '../../dispatch.ts'
import type { Door } from '../door.ts'
import { LOBBY, threadIdOf, threadNameFor } from '../lobby.ts'
import { parseBody } from '../parse-body.ts'
import type { RoomParts } from '../parts.ts'
import { readForm, type ReceivedForm } from '../read-form.ts'

const message = z.object({
  text: z.string().max(100_000).default(''),
  // a form without a thread sends an empty field
  thread: z
    .string()
    .max(100)
    .default('')
    .transform((name) => (name === '' ? LOBBY : name)),
})

/** `POST /room/messages`: what a person types or sends. 202 with the thread that it opened or was typed in. */
export function messageRoutes(app: FastifyInstance, parts: RoomParts, door: Door): void {
  app.post('/room/messages', async (request, reply) => {
    const asker = await door.require(request)
    const { fields, files } = await receive(request, asker)
    try {
      const { text, thread } = parseBody(message, fields)
      const threadId = await threadIdOf(parts, asker, thread)
      const opened = await parts.dispatcher.message({ asker, text, files, threadId })
      return await reply.status(202).send({ thread: await threadNameFor(parts, asker, opened.threadId) })
    } catch (error) {
      await dropUploads(parts.db, files)
      throw error
    }
  })

  async function receive(
    request: FastifyRequest,
    asker: Asker,
  ): Promise<{ fields: unknown; files: ReceivedForm['files'] }> {
    if (!request.isMultipart()) return { fields: request.body ?? {}, files: [] }
    requireUploader(asker)
    return readForm(request, parts.contextFor(asker), (await readSettings(parts.db)).limits.uploadBytes)
  }
}
