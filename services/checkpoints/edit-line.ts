import { newId } from '#core/ids.ts'
import type { Cue } from '#domain/cue.ts'
import { cleanText } from '#domain/subtitles/clean-text.ts'
import { refuseLongLines } from '#domain/subtitles/text-lines.ts'
import type { ServiceContext } from '../context.ts'
import { invalid } from '../invalid.ts'
import { commitRevision } from './commit-revision.ts'
import { draftRevision } from './draft-revision.ts'
import { findCheckpoint, refuseStale } from './find-checkpoint.ts'
import { loadCues } from './load-cues.ts'
import { projectRevisions } from './project-revisions.ts'

/**
 * Gives one line other words; it counts at once. The line keeps its times, and its flags are settled. Also after the
 * decision: the project opens again and that line alone is made anew.
 * @throws INVALID_INPUT for a line that is not there or no text, STALE when `revision` is not the newest
 */
export async function editLine(request: {
  readonly ctx: ServiceContext
  readonly stepId: string
  readonly revision: number
  /** 1-based, as shown */
  readonly line: number
  readonly text: string
}): Promise<void> {
  const { ctx, revision: base, line } = request
  const checkpoint = await findCheckpoint(ctx, request.stepId)
  refuseStale(checkpoint, base)
  const { cues } = await loadCues(ctx, checkpoint.review?.cues)
  const edited = withLine(ctx, cues, line, request.text)
  const number = await nextNumber(ctx, checkpoint.projectId, checkpoint.id)
  const draft = await draftRevision({ ctx, checkpoint, cues: edited, number })
  await commitRevision({
    ctx,
    checkpoint,
    base,
    review: draft.review,
    record: async (transaction) => {
      const { id: stepId } = checkpoint
      await transaction.revision.updateMany({
        where: { stepId, status: 'pending' },
        data: { status: 'discarded', decidedAt: ctx.now(), decidedBy: ctx.member.id },
      })
      await transaction.revision.create({
        data: {
          id: newId('rev'),
          ...ctx.scope,
          stepId,
          number: base + 1,
          status: 'applied',
          review: draft.review,
          changes: [...draft.changes],
          memberId: ctx.member.id,
          decidedAt: ctx.now(),
          decidedBy: ctx.member.id,
        },
      })
    },
  })
  ctx.log.info({ projectId: checkpoint.projectId, stepId: checkpoint.id, line, memberId: ctx.member.id }, 'line edited')
}

function withLine(ctx: ServiceContext, cues: readonly Cue[], line: number, typed: string): Cue[] {
  if (!Number.isInteger(line) || line < 1 || line > cues.length)
    throw invalid(ctx.t, 'commands.problem.line', { line, most: cues.length })
  const text = cleanText(typed)
  if (text === '') throw invalid(ctx.t, 'commands.problem.emptyLine', { line })
  refuseLongLines(text.split('\n'))
  return cues.map((cue, index) => (index === line - 1 ? { ...cue, text } : cue))
}

async function nextNumber(ctx: ServiceContext, projectId: string, stepId: string): Promise<number> {
  const revisions = await projectRevisions(ctx.db, projectId)
  return (revisions.find((revision) => revision.id === stepId)?.number ?? 1) + 1
}
