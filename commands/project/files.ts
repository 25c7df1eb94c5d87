import { z } from 'zod'
import { findProject } from '#services/projects/find-project.ts'
import { projectFiles } from '#services/projects/project-files.ts'
import type { ArgMeta } from '../arg-meta.ts'
import { defineVerb } from '../define.ts'
import { fileMedia } from '../file-media.ts'
import { projectArg } from './project-arg.ts'

/** More than this is better taken as one export. */
const MOST = 30
const WHICH = ['results', 'all'] as const

export const files = defineVerb({
  role: 'viewer',
  args: z.object({
    project: projectArg,
    which: z
      .enum(WHICH)
      .default('results')
      .meta({ choices: WHICH } satisfies ArgMeta),
  }),
  async run({ project, which }, ctx) {
    const { t } = ctx
    const found = await findProject({ ctx, typed: project, threadProjectId: ctx.projectId })
    const all = await projectFiles({ ctx, projectId: found.id, all: which === 'all' })
    const title = t('commands.project.files.title', { number: found.number, title: found.title })
    if (all.length === 0) return { kind: 'card', card: { title, text: t('commands.project.files.none'), tone: 'info' } }
    const bytes = all.reduce((sum, file) => sum + file.bytes, 0)
    const more = all.length > MOST ? ` ${t('commands.project.files.more', { most: MOST })}` : ''
    const text = t('commands.project.files.text', { count: all.length, bytes }) + more
    return { kind: 'card', card: { title, text, tone: 'info', media: all.slice(0, MOST).map(fileMedia) } }
  },
})
