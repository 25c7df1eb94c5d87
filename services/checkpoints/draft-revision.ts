import type { Cue } from '#domain/cue.ts'
import { diffCues, type CueChange } from '#domain/diff.ts'
import { editName } from '#domain/edit-name.ts'
import type { Review } from '#domain/review.ts'
import { formatJson } from '#domain/subtitles/json.ts'
import { formatSrt } from '#domain/subtitles/srt.ts'
import { AppError } from '#core/errors.ts'
import { saveText } from '../artifacts/save-text.ts'
import type { ServiceContext } from '../context.ts'
import { invalid } from '../invalid.ts'
import type { Checkpoint } from './find-checkpoint.ts'
import { keepMarks } from './keep-marks.ts'
import { loadCues } from './load-cues.ts'
import { reviseReview } from './revise-review.ts'

/** What an edit would make of a checkpoint: nothing is decided yet. */
export interface DraftRevision {
  readonly review: Review
  readonly changes: readonly CueChange[]
}

/**
 * Stores the edited cues (as JSON and as .srt) and the review that they make. Where edits of this checkpoint belong to
 * another one (final → translation), the review is that one's.
 * @throws INVALID_INPUT when nothing changed
 */
export async function draftRevision(request: {
  readonly ctx: ServiceContext
  readonly checkpoint: Checkpoint
  readonly cues: readonly Cue[]
  /** number of the revision within the project, for the file's name */
  readonly number: number
}): Promise<DraftRevision> {
  const { ctx, checkpoint } = request
  const shown = checkpoint.review
  if (shown === undefined) throw new AppError('STALE', 'this checkpoint shows nothing yet')
  const before = await loadCues(ctx, shown.cues)
  const cues = keepMarks(before.cues, request.cues)
  const changes = diffCues(before.cues, cues)
  if (changes.length === 0) throw invalid(ctx.t, 'commands.problem.nothingChanged')
  const base = (await editedReview(ctx, checkpoint)) ?? shown
  const { language } = before
  const name = await subtitlesName(ctx, checkpoint, shown.target, request.number)
  const file = { ctx, projectId: checkpoint.projectId, language }
  const cuesFile = await saveText({
    ...file,
    text: formatJson({ language, cues }),
    kind: 'cues',
    mime: 'application/json',
    name: name.replace(/srt$/u, 'json'),
  })
  const subtitlesFile = await saveText({
    ...file,
    text: formatSrt(cues),
    kind: 'subtitles',
    mime: 'application/x-subrip',
    name,
  })
  const sourceCues = base.sourceCues === undefined ? undefined : (await loadCues(ctx, base.sourceCues)).cues
  return { review: reviseReview({ review: base, cues, sourceCues, cuesFile, subtitlesFile }), changes }
}

/** The review of the checkpoint that edits belong to, as it was approved last. */
async function editedReview(ctx: ServiceContext, checkpoint: Checkpoint): Promise<Review | undefined> {
  if (checkpoint.editsAt === undefined) return undefined
  const { runId, fanKey, editsAt } = checkpoint
  const step = await ctx.db.step.findFirst({
    where: { runId, fanKey, node: editsAt, kind: 'checkpoint', status: 'done' },
    orderBy: { generation: 'desc' },
  })
  // the engine stored what services and stages parsed: a Review
  return (step?.output ?? undefined) as Review | undefined
}

async function subtitlesName(
  ctx: ServiceContext,
  checkpoint: Checkpoint,
  target: string,
  revision: number,
): Promise<string> {
  const project = await ctx.db.project.findFirst({
    where: { id: checkpoint.projectId },
    select: { kind: true, number: true },
  })
  if (project === null) throw new AppError('NOT_FOUND', 'no such project')
  const name = checkpoint.editsAt ?? checkpoint.name
  return editName({ kind: project.kind, number: project.number, checkpoint: name, target, revision })
}
