import { result as resultSchema } from '#domain/review.ts'
import type { ArtifactRef } from '#domain/artifact.ts'
import type { ServiceContext } from '../context.ts'
import { createProject } from '../projects/create-project.ts'
import { checkVoice } from '../providers/check-voice.ts'

/** A voice to listen to: its sample, or the project that makes it now. */
export type Listening =
  | { readonly kind: 'ready'; readonly voice: string; readonly files: readonly ArtifactRef[] }
  | { readonly kind: 'making'; readonly projectId: string }

/**
 * Lets a voice say a sentence. The same sample is made once: it is a run of its own small production.
 * @throws INVALID_INPUT for a voice that is not there or does not speak the language
 */
export async function listen(request: {
  readonly ctx: ServiceContext
  readonly voice: string
  readonly language: string
  readonly text?: string | undefined
  readonly provider?: string | undefined
}): Promise<Listening> {
  const { ctx, language, text } = request
  const found = await checkVoice({ ctx, typed: request.voice, provider: request.provider, languages: [language] })
  const voice = found?.id ?? request.voice
  const speech = found?.provider ?? request.provider
  const input = Object.fromEntries(
    Object.entries({ language, voice, speech, text }).filter(([, value]) => value !== undefined),
  )
  const priority = 'medium'
  const known = await ctx.db.project.findFirst({
    // as createProject stores it
    where: { kind: 'voice-sample', request: { equals: { ...input, priority } }, deletedAt: null },
    orderBy: { createdAt: 'desc' },
    select: { id: true },
  })
  if (known !== null) return (await finished(ctx, known.id, voice)) ?? { kind: 'making', projectId: known.id }
  const { projectId } = await createProject({
    ctx,
    project: { kind: 'voice-sample', input, priority, title: `${voice} · ${language}` },
  })
  return { kind: 'making', projectId }
}

async function finished(ctx: ServiceContext, projectId: string, voice: string): Promise<Listening | undefined> {
  const step = await ctx.db.step.findFirst({ where: { projectId, stage: 'finish', status: 'done' } })
  const result = resultSchema.safeParse(step?.output)
  return result.success ? { kind: 'ready', voice, files: result.data.files } : undefined
}
