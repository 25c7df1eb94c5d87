import { AppError, toAppError } from '#core/errors.ts'
import { sameLanguage } from '#domain/language.ts'
import type { Voice } from '#providers/define.ts'
import type { ProviderChoice, StageContext } from '../stages/define.ts'
import { concernsLine } from './concerns-line.ts'
import { speakLine, type Speaker } from './speak-line.ts'

interface SpeakerRequest extends ProviderChoice {
  readonly language: string
  /** a voice's id, or `provider:id` */
  readonly voice?: string | undefined
  /** said before the choice is made: a provider that cannot is found out at once */
  readonly firstText: string | undefined
}

/**
 * The provider and voice that speak a whole dub: a film in which voices change with every hiccup is no film. The first
 * provider in order that can say `firstText` (or refuses just that text) is taken for all lines.
 * @throws NO_VOICE {language, voice?} or what providers failed with
 */
export async function chooseSpeaker(ctx: StageContext, request: SpeakerRequest): Promise<Speaker> {
  const candidates = await ctx.candidates('speech', request, { language: request.language })
  const failures: AppError[] = []
  for (const provider of candidates) {
    try {
      const speaker = await speakerOf(ctx, { provider }, request)
      if (request.firstText !== undefined) await speakLine(ctx, speaker, request.firstText).catch(forgiveLine)
      return speaker
    } catch (error) {
      const failure = toAppError(error)
      failures.push(failure)
      if (ctx.signal.aborted) throw failure
      ctx.log.warn({ provider, code: failure.code, cause: failure.message }, 'a speech provider cannot speak')
    }
  }
  // what may pass by itself first, so that the step is tried again; "no such voice" says least
  const [worst] = failures.toSorted((a, b) => weight(a) - weight(b))
  if (worst) throw worst
  // nobody is there: `use` knows why, e.g. that a key is missing
  return speakerOf(ctx, request, request)
}

function weight(error: AppError): number {
  if (error.category === 'transient') return 0
  return error.code === 'NO_VOICE' ? 2 : 1
}

function forgiveLine(error: unknown): void {
  if (!concernsLine(error)) throw error
}

async function speakerOf(ctx: StageContext, choice: ProviderChoice, request: SpeakerRequest): Promise<Speaker> {
  const { language } = request
  const { value, provider } = await ctx.use('speech', choice, { language }, async (client) => ({
    voices: await client.voices(ctx.signal),
    usage: {},
  }))
  const voice = wantedVoice(value.voices, provider, request)
  if (!voice)
    throw new AppError('NO_VOICE', 'the provider has no such voice', {
      data: { language, provider, voice: request.voice },
    })
  return { provider, language, voice: voice.id }
}

function wantedVoice(voices: readonly Voice[], provider: string, request: SpeakerRequest): Voice | undefined {
  const wanted = request.voice?.startsWith(`${provider}:`) ? request.voice.slice(provider.length + 1) : request.voice
  const found = voices.find((voice) => voice.id === wanted)
  // who redoes a dub with another provider leaves the voice of the former one behind
  return wanted === undefined || (!found && request.provider === provider) ? bestVoice(voices, request.language) : found
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
