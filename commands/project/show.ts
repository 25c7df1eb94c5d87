import { z } from 'zod'
import type { Card } from '#domain/card.ts'
import { languageName } from '#domain/language.ts'
import type { ProjectView, StepView } from '#domain/project-view.ts'
import { loadProjectView } from '#services/project-view.ts'
import { findProject } from '#services/projects/find-project.ts'
import { projectFiles } from '#services/projects/project-files.ts'
import { defineVerb, type CommandContext } from '../define.ts'
import { fileMedia } from '../file-media.ts'
import { projectArg } from './project-arg.ts'
import { openers } from './openers.ts'

const MADE: ReadonlySet<string> = new Set(['subtitles', 'video'])
/** More are in /project files. */
const MOST_FILES = 6

export const show = defineVerb({
  role: 'viewer',
  args: z.object({ project: projectArg }),
  async run({ project }, ctx) {
    const found = await findProject({ ctx, typed: project, threadProjectId: ctx.projectId })
    const view = await loadProjectView({ db: ctx.db, projectId: found.id })
    const made = (await projectFiles({ ctx, projectId: found.id, all: false })).filter(({ kind }) => MADE.has(kind))
    const media = made.slice(0, MOST_FILES).map(fileMedia)
    // in its own thread there is nothing to open
    const open = found.id === ctx.projectId ? {} : openers(ctx.t, [found])
    return { kind: 'card', card: { ...projectCard(ctx, view), ...(media.length > 0 && { media }), ...open } }
  },
})

/** A project at a glance: what it is, where it stands, what it made and cost. */
function projectCard(ctx: CommandContext, view: ProjectView): Card {
  const { t, member } = ctx
  const { project, run } = view
  const status = run?.status ?? 'active'
  const targets = project.targets.map((tag) => languageName(tag, member.locale)).join(', ')
  const started = project.createdAt.toLocaleString(member.locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: 'UTC',
  })
  return {
    title: `#${project.number} ${project.title}`,
    text: t(`commands.state.${status}`),
    tone: status === 'failed' || status === 'done_with_failures' ? 'failed' : status === 'done' ? 'done' : 'info',
    fields: [
      {
        name: t('commands.project.show.kind'),
        value: t(`commands.kind.${project.kind}` as 'commands.kind.dub') + (targets === '' ? '' : ` → ${targets}`),
      },
      { name: t('commands.project.show.by'), value: `${view.members[project.requestedBy] ?? '?'} · ${started} UTC` },
      { name: t('commands.project.show.steps'), value: stepLines(ctx, newest(view.steps)) },
      { name: t('commands.project.show.cost'), value: t('commands.dollars', { amount: view.cost.micros / 1_000_000 }) },
    ],
  }
}

function stepLines({ t }: CommandContext, steps: readonly StepView[]): string {
  return steps
    .filter((step) => step.kind !== 'each')
    .map((step) => {
      const branch = step.fanKey === '' ? '' : ` (${step.fanKey})`
      const name = t(
        step.kind === 'checkpoint'
          ? (`commands.checkpoint.${step.stage}` as 'commands.checkpoint.final')
          : (`stages.${step.stage}` as 'commands.checkpoint.final'),
      )
      const reused = step.reused ? `, ${t('commands.project.show.reused')}` : ''
      return `${name}${branch}: ${t(`commands.stepState.${step.status}`)}${reused}`
    })
    .join('\n')
}

/** The newest generation of each step. */
function newest(steps: readonly StepView[]): StepView[] {
  return [...new Map(steps.map((step) => [`${step.node}\n${step.fanKey}`, step])).values()]
}
