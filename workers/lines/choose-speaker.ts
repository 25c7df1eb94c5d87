import { AppError, toAppError } from '#core/errors.ts'
import { sameLanguage } from '#domain/language.ts'
import type { Voice } from '#providers/define.ts'
import type { ProviderChoice, StageContext } from '../stages/define.ts'
import { concernsLine } from './concerns-line.ts'
import { speakLine, type Speaker } from './speak-line.ts'

/**
 * The provider and voice that speak a whole dub: a film in which voices change with every hiccup is no film. The first
 * provider in order that can say `firstText` (or refuses just that text) is taken for all lines.
 * @throws NO_VOICE {language, voice?} or what the last provider failed with
 */
export async function chooseSpeaker(
  ctx: StageContext,
  request: ProviderChoice & { readonly language: string; readonly voice?: string | undefined; readonly firstText: string | undefined },
): Promise<Speaker> {
  const { language, firstText } = request
  const candidates = await ctx.candidates('speech', request, { language })
  let failure: AppError | undefined
  for (const provider of candidates) {
    try {
      const speaker = { provider, language, voice: await chooseVoice(ctx, provider, language, request.voice) }
      if (firstText !== undefined) await speakLine(ctx, speaker, firstText).catch(forgiveLine)
      return speaker
    } catch (error) {
      failure = toAppError(error)
      if (ctx.signal.aborted) break
      ctx.log.warn({ provider, code: failure.code, cause: failure.message }, 'a speech provider cannot speak')
    }
  }
  throw failure ?? new AppError('NO_VOICE', 'no provider speaks this language', { data: { language } })
}

function forgiveLine(error: unknown): void {
  if (!concernsLine(error)) throw error
}

async function chooseVoice(ctx: StageContext, provider: string, language: string, wanted: string | undefined): Promise<string> {
  const { value } = await ctx.use('speech', { provider }, { language }, async (client) => ({
    voices: await client.voices(ctx.signal),
    usage: {},
  }))
  const voice = wanted === undefined ? bestVoice(value.voices, language) : value.voices.find((one) => one.id === wanted)
  if (!voice) throw new AppError('NO_VOICE', 'the provider has no such voice', { data: { language, provider, ...(wanted && { voice: wanted }) } })
  return voice.id
}

/** Exactly this language and region, else the same language, else a voice that claims no language in particular. */
function bestVoice(voices: readonly Voice[], language: string): Voice | undefined {
  const tag = language.toLowerCase()
  return (
    voices.find((voice) => voice.languages.some((one) => one.toLowerCase() === tag)) ??
    voices.find((voice) => voice.languages.some((one) => sameLanguage(one, language))) ??
    voices.find((voice) => voice.languages.length === 0)
  )
}
