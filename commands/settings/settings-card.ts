import type { Card } from '#domain/card.ts'
import { languageName } from '#domain/language.ts'
import { translator } from '#core/words/index.ts'
import type { ServiceContext } from '#services/context.ts'
import { monthlySpend } from '#services/projects/check-limits.ts'
import { listKeys } from '#services/settings/keys.ts'
import { readSettings } from '#services/settings/read-settings.ts'
import type { Settings } from '#services/settings/registry.ts'

/** Everything that the workspace has set, and how each is changed. Read anew, so that a change shows at once. */
export async function settingsCard(ctx: ServiceContext, note?: string): Promise<Card> {
  const settings = await readSettings(ctx.db)
  const { t } = ctx
  const keys = await listKeys(ctx)
  const set = keys.filter((key) => key.setAt !== undefined).map((key) => key.name)
  const spent = await monthlySpend(ctx)
  return {
    title: t('settings.title'),
    ...(note === undefined ? { text: t('settings.text') } : { text: note }),
    tone: note === undefined ? 'info' : 'done',
    fields: [
      {
        name: t('settings.language'),
        value: `${languageName(settings.language, settings.language)} (/settings set language …)`,
      },
      { name: t('settings.targets'), value: `${languages(ctx, settings.targets)} (/settings set targets …)` },
      { name: t('settings.voices'), value: `${pairs(settings.voices) || t('settings.auto')} (/settings voice …)` },
      { name: t('settings.review'), value: `${reviewWords(ctx, settings)} (/settings review …)` },
      { name: t('settings.strategy'), value: `${settings.strategy} (/settings set strategy …)` },
      {
        name: t('settings.providers'),
        value: `${pairs(settings.providers) || t('settings.auto')} (/settings set speech …)`,
      },
      { name: t('settings.notify'), value: `${notifyWords(ctx, settings)} (/settings notify …)` },
      { name: t('settings.limits'), value: `${limitWords(ctx, settings, spent)} (/settings limits …)` },
      {
        name: t('settings.keys'),
        value: `${set.length === 0 ? t('settings.noKeys') : set.join(', ')} (/settings keys)`,
      },
    ],
  }
}

/** The same card in the language that was just set. */
export async function settingsCardIn(ctx: ServiceContext, locale: string): Promise<Card> {
  const t = translator(locale)
  return settingsCard({ ...ctx, t, member: { ...ctx.member, locale } }, t('settings.saved'))
}

function languages({ t, member }: ServiceContext, tags: readonly string[]): string {
  return tags.length === 0 ? t('settings.none') : tags.map((tag) => languageName(tag, member.locale)).join(', ')
}

function pairs(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')
}

function onOff({ t }: ServiceContext, on: boolean): string {
  return on ? t('settings.on') : t('settings.off')
}

function reviewWords(ctx: ServiceContext, { review }: Settings): string {
  return (['transcript', 'translation', 'final'] as const)
    .map((name) => `${ctx.t(`commands.checkpoint.${name}`)}: ${onOff(ctx, review[name])}`)
    .join(', ')
}

function notifyWords(ctx: ServiceContext, { notify }: Settings): string {
  const { t } = ctx
  const quiet =
    notify.quiet === null
      ? t('settings.noQuiet')
      : t('settings.quiet', { from: notify.quiet.fromHour, until: notify.quiet.untilHour, timezone: notify.timezone })
  return `${t('settings.mentions')}: ${onOff(ctx, notify.mentions)}, ${t('settings.reminders')}: ${onOff(ctx, notify.reminders)}, ${quiet}`
}

function limitWords({ t }: ServiceContext, { limits }: Settings, spent: number): string {
  const projects =
    limits.projectsPerMember === null
      ? t('settings.unlimitedProjects')
      : t('settings.projects', { count: limits.projectsPerMember })
  const spend =
    limits.monthlySpend === null
      ? t('settings.noCap', { spent })
      : t('settings.cap', { cap: limits.monthlySpend, spent })
  const retention =
    limits.retentionDays === null ? t('settings.keptForever') : t('settings.kept', { count: limits.retentionDays })
  return [projects, spend, t('settings.upload', { bytes: limits.uploadBytes }), retention].join(', ')
}
