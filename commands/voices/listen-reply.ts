import type { Reply } from '#domain/card.ts'
import { languageName } from '#domain/language.ts'
import type { ServiceContext } from '#services/context.ts'
import { listen as listenTo } from '#services/voices/listen.ts'
import { fileMedia } from '../file-media.ts'

/** The sample of a voice: a player when it is there, else the thread in which it is made. */
export async function listenReply(
  ctx: ServiceContext,
  asked: {
    readonly voice: string
    readonly language: string
    readonly text?: string | undefined
    readonly provider?: string | undefined
  },
): Promise<Reply> {
  const listening = await listenTo({ ctx, ...asked })
  if (listening.kind === 'making') return { kind: 'thread', projectId: listening.projectId }
  const title = ctx.t('commands.voices.sample', {
    voice: listening.voice,
    language: languageName(asked.language, ctx.member.locale),
  })
  return { kind: 'card', card: { title, tone: 'done', media: listening.files.map(fileMedia) } }
}
