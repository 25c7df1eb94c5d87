import { LOCALES, nearestLocale } from '#core/words/index.ts'
import { nearest } from '#domain/nearest.ts'
import { STRATEGIES } from '#domain/strategy.ts'
import type { ServiceContext } from '../context.ts'
import { invalid } from '../invalid.ts'
import { readLanguages } from '../languages/read-language.ts'
import { checkProviders } from '../providers/check-choice.ts'
import { readSettings } from './read-settings.ts'
import { writeSetting } from './write-setting.ts'

/** What `/settings set` sets, by the word that people type. */
export const NAMED_SETTINGS = ['language', 'targets', 'strategy', 'transcription', 'translation', 'speech'] as const
export type NamedSetting = (typeof NAMED_SETTINGS)[number]

/** Clears a setting: what holds then is the default. */
const CLEAR = new Set(['-', 'none', 'auto', 'default'])

/** Sets one setting from what was typed. @throws INVALID_INPUT saying what is accepted */
export async function setNamed(request: {
  readonly ctx: ServiceContext
  readonly name: NamedSetting
  readonly value: string
}): Promise<void> {
  const { ctx, name } = request
  const value = request.value.trim()
  if (name === 'language') return setLanguage(ctx, value)
  if (name === 'targets')
    return writeSetting({ ctx, key: 'targets', value: CLEAR.has(value) ? [] : readLanguages(ctx.t, value) })
  if (name === 'strategy') return setStrategy(ctx, value)
  const { providers } = await readSettings(ctx.db)
  const { [name]: _, ...others } = providers
  if (CLEAR.has(value)) return writeSetting({ ctx, key: 'providers', value: others })
  await checkProviders({ ctx, chosen: { [name]: value } })
  return writeSetting({ ctx, key: 'providers', value: { ...others, [name]: value } })
}

async function setLanguage(ctx: ServiceContext, typed: string): Promise<void> {
  const wanted = typed.toLowerCase().replace('_', '-')
  const locale =
    LOCALES.find((known) => known.toLowerCase() === wanted) ??
    (wanted === 'pt' || wanted === 'pt-pt' ? nearestLocale(wanted) : undefined)
  if (locale === undefined)
    throw invalid(ctx.t, 'commands.problem.choice', { option: 'language', typed, accepted: LOCALES.join(', ') })
  await writeSetting({ ctx, key: 'language', value: locale })
}

async function setStrategy(ctx: ServiceContext, typed: string): Promise<void> {
  const strategy = CLEAR.has(typed) ? 'quality' : STRATEGIES.find((known) => known === typed.toLowerCase())
  if (strategy !== undefined) return writeSetting({ ctx, key: 'strategy', value: strategy })
  const near = nearest(typed, STRATEGIES)
  const values = { option: 'strategy', typed, accepted: STRATEGIES.join(', '), near: near ?? '' }
  throw invalid(ctx.t, near === undefined ? 'commands.problem.choice' : 'commands.problem.choiceNear', values)
}
