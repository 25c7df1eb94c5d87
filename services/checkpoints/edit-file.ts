import { AppError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import { parseEditName, type EditName } from '#domain/edit-name.ts'
import { parseSubtitles } from '#domain/subtitles/parse.ts'
import { readText } from '../artifacts/read-text.ts'
import type { ServiceContext } from '../context.ts'
import { invalid } from '../invalid.ts'
import { draftRevision } from './draft-revision.ts'
import { findCheckpoint, refuseStale } from './find-checkpoint.ts'
import { openCheckpoints, type OpenCheckpoint } from './open-checkpoints.ts'
import { projectRevisions } from './project-revisions.ts'

/** What became of a subtitle file that somebody sent. */
export type FileEdit =
  /** a diff waits for [apply] or [discard] in the project's thread */
  | { readonly kind: 'proposed'; readonly projectId: string; readonly revisionId: string }
  /** it says nowhere what it belongs to: one of these, if any */
  | { readonly kind: 'ask'; readonly open: readonly OpenCheckpoint[] }

/**
 * Takes an edited file as a proposed revision: matched by its name, else by the checkpoint that was chosen, else by the only
 * one that is open. Lines keep their speakers and flags.
 * @throws STALE {given, newest} when its revision is not the newest, BAD_SUBTITLES {line, reason}, INVALID_INPUT when nothing changed
 */
export async function editFile(request: {
  readonly ctx: ServiceContext
  readonly file: ArtifactRef
  /** the project of the thread it was sent in */
  readonly projectId?: string | undefined
  /** the checkpoint that was chosen when the name did not tell */
  readonly stepId?: string | undefined
}): Promise<FileEdit> {
  const { ctx, file } = request
  const name = parseEditName(file.name)
  if (request.stepId !== undefined) return propose(ctx, file, request.stepId)
  if (name !== undefined) return propose(ctx, file, await namedCheckpoint(ctx, name))
  const open = await openCheckpoints({ ctx, projectId: request.projectId })
  const [only] = open
  if (only !== undefined && open.length === 1) return propose(ctx, file, only.stepId)
  return { kind: 'ask', open }
}

async function namedCheckpoint(ctx: ServiceContext, name: EditName): Promise<string> {
  const project = await ctx.db.project.findFirst({ where: { number: name.number, kind: name.kind, deletedAt: null } })
  if (project === null)
    throw invalid(ctx.t, 'commands.problem.noSuchProject', { typed: `${name.kind} #${name.number}` })
  const revisions = await projectRevisions(ctx.db, project.id)
  const newest = revisions.findLast(
    (step) =>
      step.stage === name.checkpoint &&
      (step.fanKey === name.target || step.fanKey === '') &&
      step.status !== 'superseded',
  )
  if (newest === undefined)
    throw new AppError('NOT_FOUND', 'no such checkpoint', { data: { checkpoint: name.checkpoint } })
  if (newest.number !== name.revision) {
    throw new AppError('STALE', 'the file is not of the newest revision', {
      data: { given: name.revision, newest: newest.number },
    })
  }
  return newest.id
}

async function propose(ctx: ServiceContext, file: ArtifactRef, stepId: string): Promise<FileEdit> {
  const checkpoint = await findCheckpoint(ctx, stepId)
  refuseStale(checkpoint, checkpoint.revision)
  const text = await readText({ ctx, file })
  const target = checkpoint.review?.target
  const { cues } = parseSubtitles(file.name, text, target === undefined ? {} : { language: target })
  const { projectId } = checkpoint
  const revisions = await projectRevisions(ctx.db, projectId)
  const number = (revisions.find((revision) => revision.id === stepId)?.number ?? 1) + 1
  const draft = await draftRevision({ ctx, checkpoint, cues, number })
  const revisionId = newId('rev')
  await ctx.db.artifact.updateMany({ where: { id: file.id, projectId: null }, data: { projectId } })
  await ctx.db.$transaction(async (transaction) => {
    // who sends a better file does not want the one before
    const mine = { stepId, status: 'pending', memberId: ctx.member.id }
    await transaction.revision.updateMany({ where: mine, data: { status: 'discarded', decidedAt: ctx.now() } })
    await transaction.revision.create({
      data: {
        id: revisionId,
        ...ctx.scope,
        stepId,
        number: checkpoint.revision + 1,
        status: 'pending',
        review: draft.review,
        changes: [...draft.changes],
        memberId: ctx.member.id,
      },
    })
  })
  ctx.log.info({ projectId, stepId, revisionId, memberId: ctx.member.id }, 'revision proposed')
  return { kind: 'proposed', projectId, revisionId }
}
