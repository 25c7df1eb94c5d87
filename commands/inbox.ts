import { z } from 'zod'
import type { OpenCheckpoint } from '#services/checkpoints/open-checkpoints.ts'
import { inbox as readInbox } from '#services/inbox.ts'
import { languageName } from '#domain/language.ts'
import { defineCommand, type CommandContext } from './define.ts'
import { openers } from './project/openers.ts'

export const inbox = defineCommand({
  name: 'inbox',
  summary: 'commands.inbox.summary',
  role: 'viewer',
  examples: ['/inbox'],
  args: z.object({}),
  async run(_, ctx) {
    const { t } = ctx
    const { mine, others, failed } = await readInbox(ctx)
    const title = t('commands.inbox.title')
    if (mine.length + others.length + failed.length === 0)
      return { kind: 'card', card: { title, text: t('commands.inbox.nothing'), tone: 'info' } }
    const fields = [
      ...mine.map((item) => ({ name: `#${item.number} ${item.title}`, value: asks(ctx, item) })),
      ...failed.map((item) => ({
        name: `#${item.number} ${item.title}`,
        value: t('commands.inbox.failed', { stage: t(`stages.${item.stage}` as 'commands.inbox.title') }),
      })),
      ...others.map((item) => ({
        name: `#${item.number} ${item.title}`,
        value: `${asks(ctx, item)} · ${t('commands.inbox.others')}`,
      })),
    ].slice(0, 25)
    const projects = [...mine, ...failed, ...others].map((item) => ({
      id: item.projectId,
      number: item.number,
      title: item.title,
    }))
    return {
      kind: 'card',
      card: {
        title,
        text: t('commands.inbox.text', { count: mine.length + failed.length }),
        tone: 'ask',
        fields,
        ...openers(t, projects),
      },
    }
  },
})

function asks({ t, member, now }: CommandContext, item: OpenCheckpoint): string {
  const name = t(`commands.checkpoint.${item.checkpoint}` as 'commands.checkpoint.final')
  const values = { checkpoint: name, language: languageName(item.target, member.locale) }
  if (item.since === undefined) return t('commands.inbox.waits', values)
  return t('commands.inbox.waitsFor', { ...values, waited: now().getTime() - item.since.getTime() })
}
