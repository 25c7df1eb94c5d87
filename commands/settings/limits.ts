import { z } from 'zod'
import { readSettings } from '#services/settings/read-settings.ts'
import { readSize } from '#services/settings/read-size.ts'
import { writeSetting } from '#services/settings/write-setting.ts'
import { invalid } from '#services/invalid.ts'
import type { ArgMeta } from '../arg-meta.ts'
import { defineVerb, type CommandContext } from '../define.ts'
import { settingsCard } from './settings-card.ts'

const text = z
  .string()
  .max(30)
  .optional()
  .meta({} satisfies ArgMeta)

export const limits = defineVerb({
  role: 'admin',
  args: z.object({ projects: text, spend: text, upload: text, retention: text }),
  async run({ projects, spend, upload, retention }, ctx) {
    const { limits: current } = await readSettings(ctx.db)
    await writeSetting({
      ctx,
      key: 'limits',
      value: {
        projectsPerMember:
          projects === undefined ? current.projectsPerMember : amount(ctx, 'projects', projects, 1, 1000, true),
        monthlySpend:
          spend === undefined
            ? current.monthlySpend
            : amount(ctx, 'spend', spend.replace('$', ''), 0, 1_000_000, false),
        uploadBytes: upload === undefined ? current.uploadBytes : readSize(ctx.t, upload),
        retentionDays:
          retention === undefined ? current.retentionDays : amount(ctx, 'retention', retention, 1, 3650, true),
      },
    })
    return { kind: 'card', card: await settingsCard(ctx, ctx.t('settings.saved')) }
  },
})

/** A number within bounds, or null for `off`. */
function amount(
  { t }: CommandContext,
  option: string,
  typed: string,
  least: number,
  most: number,
  whole: boolean,
): number | null {
  if (typed.trim().toLowerCase() === 'off') return null
  const value = Number(typed.trim().replace(',', '.'))
  if (Number.isFinite(value) && value >= least && value <= most && (!whole || Number.isInteger(value))) return value
  throw invalid(t, 'commands.problem.amount', { option, typed, least, most })
}
