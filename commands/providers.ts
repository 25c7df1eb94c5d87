import { z } from 'zod'
import { providerOverview, type ProviderOverview } from '#services/providers/provider-overview.ts'
import type { ArgMeta } from './arg-meta.ts'
import { defineCommand, type CommandContext } from './define.ts'

const CAPABILITIES = ['transcription', 'text', 'translation', 'speech'] as const

export const providers = defineCommand({
  name: 'providers',
  summary: 'commands.providers.summary',
  role: 'viewer',
  examples: ['/providers', '/providers speech'],
  args: z.object({
    capability: z
      .enum(CAPABILITIES)
      .optional()
      .meta({ positional: true, choices: CAPABILITIES } satisfies ArgMeta),
  }),
  async run({ capability }, ctx) {
    const { t } = ctx
    const all = await providerOverview(ctx)
    const title = t('commands.providers.title')
    if (all.length === 0) return { kind: 'card', card: { title, text: t('commands.providers.none'), tone: 'info' } }
    const shown = CAPABILITIES.filter((name) => capability === undefined || name === capability)
    const fields = shown.map((name) => {
      const own = all.filter((entry) => entry.capability === name)
      const value = own.length === 0 ? t('commands.providers.nobody') : own.map((entry) => line(ctx, entry)).join('\n')
      return { name: t(`commands.capability.${name}`), value }
    })
    return { kind: 'card', card: { title, text: t('commands.providers.text'), tone: 'info', fields } }
  },
})

function line({ t }: CommandContext, entry: ProviderOverview): string {
  const marks = [
    entry.local ? t('commands.providers.local') : t('commands.providers.service'),
    ...(entry.draft ? [t('commands.providers.draft')] : []),
  ]
  const name = `${entry.available ? '✓' : '✗'} ${entry.provider} (${marks.join(', ')})`
  // the reason is a words key of whoever published the entry
  if (!entry.available) return `${name}: ${reason({ t }, entry)}`
  if (entry.calls === 0) return name
  const took = entry.averageMs === undefined ? '' : ` · ${t('commands.providers.took', { took: entry.averageMs })}`
  return `${name}: ${t('commands.providers.calls', { count: entry.calls, failures: entry.failures })}${took}`
}

function reason({ t }: Pick<CommandContext, 't'>, entry: ProviderOverview): string {
  const keys = entry.secrets.length === 0 ? '' : t('commands.providers.needsKey', { keys: entry.secrets.join(', ') })
  if (entry.reason === undefined) return keys === '' ? t('commands.providers.notReady') : keys
  const words = t(entry.reason as 'commands.providers.notReady', {
    keys: entry.secrets.join(', '),
    missing: entry.missing.join(', '),
    provider: entry.provider,
  })
  return words === entry.reason && keys !== '' ? keys : words
}
