import { z } from 'zod'
import { queue as readQueue, type QueuedProject } from '#services/queue.ts'
import { defineCommand, type CommandContext } from './define.ts'
import { openers } from './project/openers.ts'

export const queue = defineCommand({
  name: 'queue',
  summary: 'commands.queue.summary',
  role: 'viewer',
  examples: ['/queue'],
  args: z.object({}),
  async run(_, ctx) {
    const { t } = ctx
    const projects = await readQueue(ctx)
    const title = t('commands.queue.title')
    if (projects.length === 0) return { kind: 'card', card: { title, text: t('commands.queue.empty'), tone: 'info' } }
    const fields = projects
      .slice(0, 25)
      .map((project) => ({ name: `#${project.number} ${project.title}`, value: line(ctx, project) }))
    const open = openers(
      t,
      projects.map(({ projectId: id, number, title: name }) => ({ id, number, title: name })),
    )
    return {
      kind: 'card',
      card: { title, text: t('commands.queue.text', { count: projects.length }), tone: 'info', fields, ...open },
    }
  },
})

function line({ t }: CommandContext, project: QueuedProject): string {
  const running = project.running.map((stage) => t(`stages.${stage}` as 'commands.queue.title'))
  return [
    t(`commands.state.${project.status}` as 'commands.state.active'),
    ...(running.length > 0 ? [t('commands.queue.running', { stages: running.join(', ') })] : []),
    ...(project.ready > 0 ? [t('commands.queue.ready', { count: project.ready })] : []),
    ...(project.asking > 0 ? [t('commands.queue.asking', { count: project.asking })] : []),
    t('commands.queue.done', { done: project.done, total: project.total }),
  ].join(' · ')
}
