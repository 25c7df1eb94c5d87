import { newId } from '#core/ids.ts'
import type { Card } from '#domain/card.ts'
import type { ServiceContext } from '#services/context.ts'
import { projectFiles } from '#services/projects/project-files.ts'
import type { FoundProject } from '#services/projects/find-project.ts'

/** Asks before a project is deleted for good. */
export async function deleteCard(ctx: ServiceContext, project: FoundProject): Promise<Card> {
  const { t } = ctx
  const files = await projectFiles({ ctx, projectId: project.id, all: true })
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  return {
    title: t('commands.project.delete.title', { number: project.number, title: project.title }),
    text: t('commands.project.delete.text', { count: files.length, bytes }),
    tone: 'ask',
    buttons: [
      {
        intent: {
          action: 'project.delete-now',
          verb: 'confirm',
          // each question has a button of its own: an old one does nothing after it was used
          target: newId('ask'),
          version: 1,
          role: 'admin',
          oneShot: true,
          payload: { projectId: project.id },
          memberId: ctx.member.id,
        },
        label: t('commands.project.delete.confirm'),
        style: 'danger',
      },
    ],
  }
}
