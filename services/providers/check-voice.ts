import { languageName, sameLanguage } from '#domain/language.ts'
import { nearest } from '#domain/nearest.ts'
import type { ServiceContext } from '../context.ts'
import { invalid } from '../invalid.ts'
import { readCatalogue } from './catalogue.ts'

export interface FoundVoice {
  readonly provider: string
  readonly id: string
  readonly name: string
  readonly languages: readonly string[]
}

/** All voices that are there now, each with its provider. */
export async function availableVoices(ctx: ServiceContext): Promise<FoundVoice[]> {
  const catalogue = await readCatalogue(ctx.db)
  const speaking = catalogue.filter((entry) => entry.capability === 'speech' && entry.available)
  return speaking.flatMap(({ provider, voices }) =>
    voices.map(({ id, name, languages }) => ({ provider, id, name, languages })),
  )
}

/**
 * A voice by its id or name (`maria`, or `elevenlabs:maria` for one provider's), and whether it speaks the languages that
 * are wanted. Undefined when no voice is known yet: the step itself will tell.
 * @throws INVALID_INPUT with voices that fit
 */
export async function checkVoice(request: {
  readonly ctx: ServiceContext
  readonly typed: string
  readonly provider?: string | undefined
  readonly languages: readonly string[]
}): Promise<FoundVoice | undefined> {
  const { ctx, typed, languages } = request
  const voices = await availableVoices(ctx)
  if (voices.length === 0) return undefined
  const [prefix, rest] = splitProvider(typed, voices)
  const provider = prefix ?? request.provider
  const among = voices.filter((voice) => provider === undefined || voice.provider === provider)
  const wanted = rest.toLowerCase()
  const matches = among.filter((voice) => voice.id.toLowerCase() === wanted || voice.name.toLowerCase() === wanted)
  const speaking = matches.find((voice) => languages.every((language) => speaks(voice, language)))
  if (speaking !== undefined) return speaking
  const fitting = among.filter((voice) => languages.every((language) => speaks(voice, language)))
  const accepted = fitting
    .slice(0, 8)
    .map((voice) => voice.id)
    .join(', ')
  if (matches.length > 0) {
    const names = languages.map((language) => languageName(language, ctx.member.locale)).join(', ')
    throw invalid(ctx.t, 'commands.problem.voiceLanguage', { typed, language: names, accepted })
  }
  const near = nearest(
    rest,
    fitting.map((voice) => voice.id),
  )
  throw invalid(ctx.t, near === undefined ? 'commands.problem.voice' : 'commands.problem.voiceNear', {
    typed,
    accepted,
    near: near ?? '',
  })
}

export function speaks(voice: FoundVoice, language: string): boolean {
  return voice.languages.length === 0 || voice.languages.some((spoken) => sameLanguage(spoken, language))
}

function splitProvider(typed: string, voices: readonly FoundVoice[]): [string | undefined, string] {
  const at = typed.indexOf(':')
  const prefix = typed.slice(0, Math.max(0, at))
  return voices.some((voice) => voice.provider === prefix) ? [prefix, typed.slice(at + 1)] : [undefined, typed]
}
