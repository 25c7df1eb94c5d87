import { z } from 'zod'
import { languageName } from '#domain/language.ts'
import { readLanguage } from '#services/languages/read-language.ts'
import { listVoices, type ListedVoice } from '#services/voices/list-voices.ts'
import type { ArgMeta } from '../arg-meta.ts'
import { defineVerb, type CommandContext } from '../define.ts'

/** How many voices a card names per provider, and how many can be chosen to listen to. */
const NAMED = 20
const MOST_OPTIONS = 25

export const list = defineVerb({
  role: 'viewer',
  args: z.object({
    language: z
      .string()
      .max(60)
      .optional()
      .meta({ positional: true, autocomplete: 'languages' } satisfies ArgMeta),
    provider: z
      .string()
      .max(60)
      .optional()
      .meta({ autocomplete: 'providers' } satisfies ArgMeta),
  }),
  async run({ language: typed, provider }, ctx) {
    const { t, member } = ctx
    const language = typed === undefined ? undefined : readLanguage(t, typed)
    const voices = await listVoices({ ctx, language, provider })
    const title =
      language === undefined
        ? t('commands.voices.title')
        : t('commands.voices.titleIn', { language: languageName(language, member.locale) })
    if (voices.length === 0) return { kind: 'card', card: { title, text: t('commands.voices.none'), tone: 'info' } }
    const options = voices.slice(0, MOST_OPTIONS).map((voice) => ({
      value: JSON.stringify([voice.provider, voice.id, language ?? voice.languages[0] ?? 'en']),
      label: `${voice.name} · ${voice.provider}`.slice(0, 100),
    }))
    const intent = {
      action: 'voice.listen',
      verb: 'listen',
      target: 'voice',
      version: 1,
      role: 'editor',
      oneShot: false,
    } as const
    const select = { intent, label: t('commands.voices.listen'), options }
    return {
      kind: 'card',
      card: {
        title,
        text: t('commands.voices.text', { count: voices.length }),
        tone: 'info',
        fields: byProvider(ctx, voices),
        select,
      },
    }
  },
})

function byProvider({ t }: CommandContext, voices: readonly ListedVoice[]): { name: string; value: string }[] {
  const providers = [...new Set(voices.map((voice) => voice.provider))]
  return providers.map((provider) => {
    const own = voices.filter((voice) => voice.provider === provider)
    const names = own
      .slice(0, NAMED)
      .map(({ id, name }) => (id === name ? id : `${name} (${id})`))
      .join(', ')
    const more = own.length > NAMED ? ` ${t('commands.voices.more', { count: own.length - NAMED })}` : ''
    return {
      name: own.some((voice) => voice.draft) ? t('commands.voices.draft', { provider }) : provider,
      value: names + more,
    }
  })
}
