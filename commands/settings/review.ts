import { z } from 'zod'
import { readSettings } from '#services/settings/read-settings.ts'
import { writeSetting } from '#services/settings/write-setting.ts'
import type { ArgMeta } from '../arg-meta.ts'
import { defineVerb } from '../define.ts'
import { settingsCard } from './settings-card.ts'

const ON_OFF = ['on', 'off'] as const
const CHECKPOINTS = ['all', 'transcript', 'translation', 'final'] as const

export const review = defineVerb({
  role: 'admin',
  args: z.object({
    checkpoint: z.enum(CHECKPOINTS).meta({ positional: true, choices: CHECKPOINTS } satisfies ArgMeta),
    state: z.enum(ON_OFF).meta({ positional: true, choices: ON_OFF } satisfies ArgMeta),
  }),
  async run({ checkpoint, state }, ctx) {
    const on = state === 'on'
    const { review: current } = await readSettings(ctx.db)
    const value =
      checkpoint === 'all' ? { transcript: on, translation: on, final: on } : { ...current, [checkpoint]: on }
    await writeSetting({ ctx, key: 'review', value })
    return { kind: 'card', card: await settingsCard(ctx, ctx.t('settings.saved')) }
  },
})
