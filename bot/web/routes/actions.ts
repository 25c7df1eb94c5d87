import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { dropUploads } from '#services/chat/drop-uploads.ts'
import { readSettings } from '#services/settings/read-settings.ts'
import { requireUploader } from '../../dispatch.ts'
import type { Door } from '../door.ts'
import { threadNameFor } from '../lobby.ts'
import { parseBody } from '../parse-body.ts'
import type { RoomParts } from '../parts.ts'
import { readForm } from '../read-form.ts'

const click = z.object({ values: z.record(z.string().max(100), z.coerce.string().max(100_000)).default({}) })

/** `POST /room/actions/:token`: a click, a choice, a filled form. */
export function actionRoutes(app: FastifyInstance, parts: RoomParts, door: Door): void {
  app.post<{ Params: { token: string } }>('/room/actions/:token', async (request) => {
    const asker = await door.require(request)
    const multipart = request.isMultipart()
    if (multipart) requireUploader(asker)
    const form = multipart
      ? await readForm(request, parts.contextFor(asker), (await readSettings(parts.db)).limits.uploadBytes)
      : undefined
    const { values } = form ? { values: form.fields } : parseBody(click, request.body ?? {})
    const files = form?.files ?? []
    try {
      const { threadId } = await parts.dispatcher.action({ asker, token: request.params.token, values, files })
      return {
        outcome: 'applied',
        ...(threadId !== undefined && { thread: await threadNameFor(parts, asker, threadId) }),
      }
    } catch (error) {
      await dropUploads(parts.db, files)
      throw error
    }
  })
}
