import { AppError } from '#core/errors.ts'
import type { CommandContext } from '#commands/define.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import type { Card, Reply } from '#domain/card.ts'
import { parseEditName } from '#domain/edit-name.ts'
import type { Role } from '#domain/role.ts'
import { isSubtitles } from '#domain/subtitles/is-subtitles.ts'
import { editFile } from '#services/checkpoints/edit-file.ts'
import type { OpenCheckpoint } from '#services/checkpoints/open-checkpoints.ts'
import { failedRecognition } from '#services/projects/failed-recognition.ts'
import { retryWithTranscript } from '#services/projects/retry.ts'
import { offerCard } from './offer-card.ts'
import { phrases } from './thread/phrases.ts'

/**
 * A message that is no command: a subtitle file is an edit or one's own transcript, a bare link or file is offered what can
 * be done with it, and anything else is told what can be typed. `requireRole` throws FORBIDDEN.
 */
export async function answerPlainMessage(
  ctx: CommandContext,
  text: string,
  requireRole: (role: Role) => void,
): Promise<Reply> {
  const subtitles = ctx.files.filter(isSubtitles)
  const others = ctx.files.filter((file) => !isSubtitles(file))
  const [edited] = subtitles
  if (edited && others.length === 0 && (ctx.projectId !== undefined || parseEditName(edited.name))) {
    requireRole('editor')
    return editReply(ctx, edited)
  }
  const link = others.length === 0 ? bareLink(text) : undefined
  const [media] = others
  if (link === undefined && !media) return edited ? aloneCard(ctx) : hintCard(ctx, text)
  requireRole('editor')
  const source = media ? { artifact: media } : { url: link ?? '' }
  return { kind: 'card', card: offerCard(ctx.t, { source, transcript: edited }) }
}

async function editReply(ctx: CommandContext, file: ArtifactRef): Promise<Reply> {
  const { projectId } = ctx
  const failed =
    projectId === undefined || parseEditName(file.name) ? undefined : await failedRecognition(ctx.db, projectId)
  if (projectId !== undefined && failed !== undefined) {
    await retryWithTranscript({ ctx, stepId: failed, files: [file] })
    return { kind: 'thread', projectId }
  }
  const edit = await editFile({ ctx, file, projectId: ctx.projectId })
  if (edit.kind === 'proposed') return { kind: 'thread', projectId: edit.projectId }
  if (edit.open.length === 0) throw new AppError('STALE', 'no checkpoint waits for this file')
  return { kind: 'card', card: whichCard(ctx, file, edit.open) }
}

/** The file's name does not say what it edits: which of those that wait? */
function whichCard(ctx: CommandContext, file: ArtifactRef, open: readonly OpenCheckpoint[]): Card {
  const { t } = ctx
  const say = phrases(ctx.member.locale, t)
  return {
    title: t('room.reply.whichTitle', { file: file.name }),
    tone: 'ask',
    select: {
      intent: {
        action: 'checkpoint.edit-file',
        verb: 'choose',
        target: file.id,
        version: 1,
        role: 'editor',
        oneShot: true,
      },
      label: t('room.reply.which'),
      options: open.slice(0, 25).map(({ stepId, checkpoint, target, number, title }) => ({
        value: stepId,
        label: `#${number} ${title} · ${say.word(`cards.checkpoint.${checkpoint}`, checkpoint)} · ${say.language(target)}`,
      })),
    },
  }
}

function aloneCard({ t }: CommandContext): Reply {
  return { kind: 'card', card: { title: t('room.reply.aloneTitle'), text: t('room.reply.aloneText'), tone: 'info' } }
}

function hintCard({ t }: CommandContext, text: string): Reply {
  if (text.trim() === '')
    throw new AppError('INVALID_INPUT', 'an empty message', { data: { reason: t('room.reply.empty') } })
  return { kind: 'card', card: { title: t('room.reply.hintTitle'), text: t('room.reply.hintText'), tone: 'info' } }
}

/** The one address that a message holds and little else; undefined for talk. */
function bareLink(text: string): string | undefined {
  const word = text.trim()
  if (!/^https?:\/\/\S+$/iu.test(word) || !URL.canParse(word)) return undefined
  return word
}
