import { z } from 'zod'
import { RUN_STATES } from '#domain/states.ts'
import { listProjects, type ListedProject } from '#services/projects/list-projects.ts'
import type { ArgMeta } from '../arg-meta.ts'
import { defineVerb, type CommandContext } from '../define.ts'
import { openers } from './openers.ts'

export const list = defineVerb({
  role: 'viewer',
  args: z.object({
    search: z
      .string()
      .max(200)
      .optional()
      .meta({ positional: true, rest: true, autocomplete: 'projects' } satisfies ArgMeta),
    status: z
      .enum(RUN_STATES)
      .optional()
      .meta({ choices: RUN_STATES } satisfies ArgMeta),
    limit: z.coerce
      .number()
      .int()
      .min(1)
      .max(25)
      .default(10)
      .meta({} satisfies ArgMeta),
  }),
  async run({ search, status, limit }, ctx) {
    const { t } = ctx
    const projects = await listProjects({ ctx, search, status, limit })
    const title = t('commands.project.list.title')
    if (projects.length === 0) {
      const text =
        search === undefined && status === undefined
          ? t('commands.project.list.none')
          : t('commands.project.list.noMatch')
      return { kind: 'card', card: { title, text, tone: 'info' } }
    }
    const fields = projects.map((project) => ({
      name: `#${project.number} ${project.title}`,
      value: line(ctx, project),
    }))
    return { kind: 'card', card: { title, tone: 'info', fields, ...openers(t, projects) } }
  },
})

function line({ t, member }: CommandContext, project: ListedProject): string {
  const changed = project.updatedAt.toLocaleDateString(member.locale, { dateStyle: 'medium' })
  const state = t(`commands.state.${project.status ?? 'active'}` as 'commands.state.done')
  const kind = t(`commands.kind.${project.kind}` as 'commands.kind.dub')
  const waiting = project.waiting > 0 ? [t('commands.project.list.waiting', { count: project.waiting })] : []
  return [kind, state, ...waiting, changed].join(' · ')
}
