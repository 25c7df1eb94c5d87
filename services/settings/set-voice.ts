import type { ServiceContext } from '../context.ts'
import { readLanguage } from '../languages/read-language.ts'
import { checkVoice } from '../providers/check-voice.ts'
import { readSettings } from './read-settings.ts'
import { writeSetting } from './write-setting.ts'

/** Sets the default voice of a language, or clears it when none is given. @throws INVALID_INPUT for a voice that does not speak it */
export async function setVoice(request: {
  readonly ctx: ServiceContext
  readonly language: string
  readonly voice?: string | undefined
}): Promise<void> {
  const { ctx, voice } = request
  const language = readLanguage(ctx.t, request.language)
  const { voices } = await readSettings(ctx.db)
  const { [language]: _, ...others } = voices
  if (voice === undefined) return writeSetting({ ctx, key: 'voices', value: others })
  const found = await checkVoice({ ctx, typed: voice, languages: [language] })
  await writeSetting({
    ctx,
    key: 'voices',
    value: { ...others, [language]: found === undefined ? voice : `${found.provider}:${found.id}` },
  })
}
