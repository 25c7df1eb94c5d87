import type { ServiceContext } from '../context.ts'
import { checkVoice } from '../providers/check-voice.ts'

/** The language that a voice speaks first; of one that speaks all, the workspace's. @throws INVALID_INPUT for a voice that is not there */
export async function voiceLanguage(request: {
  readonly ctx: ServiceContext
  readonly voice: string
}): Promise<string> {
  const { ctx } = request
  const found = await checkVoice({ ctx, typed: request.voice, languages: [] })
  return found?.languages[0] ?? ctx.member.locale
}
