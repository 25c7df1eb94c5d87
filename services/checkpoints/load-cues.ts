import { AppError } from '#core/errors.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import { cueList, type CueList } from '#domain/cue.ts'
import { readText } from '../artifacts/read-text.ts'
import type { ServiceContext } from '../context.ts'

/** The cues that a review judges. @throws NOT_FOUND where there is nothing to edit */
export async function loadCues(ctx: ServiceContext, file: ArtifactRef | undefined): Promise<CueList> {
  if (file === undefined) throw new AppError('NOT_FOUND', 'this checkpoint has no lines to edit')
  return cueList.parse(JSON.parse(await readText({ ctx, file })))
}
