import { AppError } from '#core/errors.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import { source as sourceSchema, type Source } from '#domain/source.ts'
import { isSubtitles } from '#domain/subtitles/is-subtitles.ts'
import type { ServiceContext } from '../context.ts'
import { invalid } from '../invalid.ts'

export interface ChosenSource {
  readonly source: Source
  /** one's own transcript that was sent along */
  readonly transcript: ArtifactRef | undefined
  readonly title: string
  /** artifact ids that now belong to the project */
  readonly uploads: readonly string[]
}

/**
 * What a production starts from: the link that was typed, else the media file that was sent along. A subtitle file beside
 * it is one's own transcript.
 * @throws INVALID_INPUT when there is no source or more than one, EMPTY_FILE
 */
export async function chooseSource(request: {
  readonly ctx: ServiceContext
  readonly typed: string | undefined
  readonly files: readonly ArtifactRef[]
}): Promise<ChosenSource> {
  const { ctx, typed, files } = request
  const transcripts = files.filter(isSubtitles)
  const media = files.filter((file) => !isSubtitles(file))
  if (transcripts.length > 1 || media.length > 1) throw invalid(ctx.t, 'commands.problem.severalFiles')
  const empty = files.find((file) => file.bytes === 0)
  if (empty !== undefined) throw new AppError('EMPTY_FILE', 'an upload has no bytes', { data: { name: empty.name } })
  const [file] = media
  const [transcript] = transcripts
  const uploads = files.map(({ id }) => id)
  if (typed !== undefined) {
    if (file !== undefined) throw invalid(ctx.t, 'commands.problem.linkAndFile')
    return { source: { url: readUrl(ctx, typed) }, transcript, title: urlTitle(typed), uploads }
  }
  if (file === undefined) throw invalid(ctx.t, 'commands.problem.noSource')
  return { source: { artifact: file }, transcript, title: file.name.replace(/\.[^.]{1,5}$/u, ''), uploads }
}

function readUrl(ctx: ServiceContext, typed: string): string {
  // chats wrap links so that no preview is shown
  const text = typed.replace(/^<(.*)>$/u, '$1')
  if (sourceSchema.safeParse({ url: text }).success) return text
  throw invalid(ctx.t, 'commands.problem.link', { typed: text.slice(0, 200) })
}

function urlTitle(typed: string): string {
  const url = new URL(typed.replace(/^<(.*)>$/u, '$1'))
  const last = url.pathname.split('/').findLast((part) => part !== '') ?? ''
  const name = decoded(last).replace(/\.[a-z0-9]{1,5}$/iu, '')
  const host = url.hostname.replace(/^www\./u, '')
  return (name === '' || url.search.includes('v=') ? `${host}${url.pathname}${url.search}` : name).slice(0, 120)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
