import { z } from 'zod'
import { readSettings } from '#services/settings/read-settings.ts'
import { NAMED_SETTINGS, setNamed } from '#services/settings/set-named.ts'
import type { ArgMeta } from '../arg-meta.ts'
import { defineVerb } from '../define.ts'
import { settingsCard, settingsCardIn } from './settings-card.ts'

export const set = defineVerb({
  role: 'admin',
  args: z.object({
    name: z.enum(NAMED_SETTINGS).meta({ positional: true, choices: NAMED_SETTINGS } satisfies ArgMeta),
    value: z
      .string()
      .min(1)
      .max(200)
      .meta({ positional: true, rest: true } satisfies ArgMeta),
  }),
  async run({ name, value }, ctx) {
    await setNamed({ ctx, name, value })
    if (name === 'language')
      return { kind: 'card', card: await settingsCardIn(ctx, (await readSettings(ctx.db)).language) }
    return { kind: 'card', card: await settingsCard(ctx, ctx.t('settings.saved')) }
  },
})
