import { z } from 'zod'
import { setVoice } from '#services/settings/set-voice.ts'
import type { ArgMeta } from '../arg-meta.ts'
import { defineVerb } from '../define.ts'
import { settingsCard } from './settings-card.ts'

export const voice = defineVerb({
  role: 'admin',
  args: z.object({
    language: z
      .string()
      .min(2)
      .max(60)
      .meta({ positional: true, autocomplete: 'languages' } satisfies ArgMeta),
    voice: z
      .string()
      .max(200)
      .optional()
      .meta({ positional: true, rest: true, autocomplete: 'voices' } satisfies ArgMeta),
  }),
  async run({ language, voice: typed }, ctx) {
    await setVoice({ ctx, language, voice: typed })
    return { kind: 'card', card: await settingsCard(ctx, ctx.t('settings.saved')) }
  },
})
