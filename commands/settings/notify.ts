import { z } from 'zod'
import { readQuietHours, readTimezone } from '#services/settings/read-quiet-hours.ts'
import { readSettings } from '#services/settings/read-settings.ts'
import { writeSetting } from '#services/settings/write-setting.ts'
import type { ArgMeta } from '../arg-meta.ts'
import { defineVerb } from '../define.ts'
import { settingsCard } from './settings-card.ts'

const ON_OFF = ['on', 'off'] as const
const onOff = z
  .enum(ON_OFF)
  .optional()
  .meta({ choices: ON_OFF } satisfies ArgMeta)

export const notify = defineVerb({
  role: 'admin',
  args: z.object({
    mentions: onOff,
    reminders: onOff,
    quiet: z
      .string()
      .max(20)
      .optional()
      .meta({} satisfies ArgMeta),
    timezone: z
      .string()
      .max(60)
      .optional()
      .meta({} satisfies ArgMeta),
  }),
  async run({ mentions, reminders, quiet, timezone }, ctx) {
    const { notify: current } = await readSettings(ctx.db)
    await writeSetting({
      ctx,
      key: 'notify',
      value: {
        mentions: mentions === undefined ? current.mentions : mentions === 'on',
        reminders: reminders === undefined ? current.reminders : reminders === 'on',
        quiet: quiet === undefined ? current.quiet : readQuietHours(ctx.t, quiet),
        timezone: timezone === undefined ? current.timezone : readTimezone(ctx.t, timezone),
      },
    })
    return { kind: 'card', card: await settingsCard(ctx, ctx.t('settings.saved')) }
  },
})
