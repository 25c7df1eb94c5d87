import type { ArtifactRef } from '#domain/artifact.ts'
import type { Bed } from '#domain/bed.ts'
import type { Strategy } from '#domain/strategy.ts'
import type { Priority } from '#domain/states.ts'
import type { ServiceContext } from '../context.ts'
import { readLanguage, readLanguages } from '../languages/read-language.ts'
import { checkProviders } from '../providers/check-choice.ts'
import { checkVoice } from '../providers/check-voice.ts'
import { readSettings } from '../settings/read-settings.ts'
import type { Settings } from '../settings/registry.ts'
import { invalid } from '../invalid.ts'
import { chooseSource } from './choose-source.ts'
import { createProject } from './create-project.ts'
import { findMembers } from '../team/find-members.ts'
import { readGlossary } from './read-glossary.ts'

/** What a person asks of /dub, /transcribe or /subtitles, as typed. */
export interface ProductionRequest {
  readonly source?: string | undefined
  readonly to?: string | undefined
  readonly from?: string | undefined
  readonly voice?: string | undefined
  readonly bed?: Bed | undefined
  readonly review?: 'on' | 'off' | undefined
  readonly glossary?: string | undefined
  readonly transcription?: string | undefined
  readonly translation?: string | undefined
  readonly speech?: string | undefined
  readonly strategy?: Strategy | undefined
  readonly priority?: Priority | undefined
  readonly reviewers?: string | undefined
  readonly title?: string | undefined
}

/**
 * Checks a request whole, fills in what the workspace has set, and starts the project. Nothing is made when anything is wrong.
 * @throws INVALID_INPUT in words, LIMIT_REACHED, BUDGET_REACHED
 */
export async function startProduction(request: {
  readonly ctx: ServiceContext
  readonly kind: 'dub' | 'transcribe' | 'subtitles'
  readonly asked: ProductionRequest
  readonly files: readonly ArtifactRef[]
}): Promise<{ projectId: string; number: number }> {
  const { ctx, kind, asked, files } = request
  const settings = await readSettings(ctx.db)
  const { source, transcript, title, uploads } = await chooseSource({ ctx, typed: asked.source, files })
  const to = kind === 'transcribe' ? [] : targets(ctx, asked.to, settings)
  const chosen = {
    ...settings.providers,
    ...defined({ transcription: asked.transcription, translation: asked.translation, speech: asked.speech }),
  }
  await checkProviders({ ctx, chosen })
  const voices = kind === 'dub' ? await chooseVoices(ctx, asked, to, settings) : {}
  const glossary = readGlossary(ctx.t, asked.glossary)
  const input = defined({
    source,
    transcript,
    from: asked.from === undefined ? undefined : readLanguage(ctx.t, asked.from),
    ...chosen,
    strategy: asked.strategy ?? settings.strategy,
    review:
      asked.review === undefined
        ? settings.review
        : { transcript: asked.review === 'on', translation: asked.review === 'on', final: asked.review === 'on' },
    ...(kind === 'transcribe' ? {} : { to, glossary }),
    ...(kind === 'dub' ? { bed: asked.bed ?? 'duck', ...voices } : {}),
  })
  const reviewers = await findMembers({ ctx, typed: asked.reviewers })
  return createProject({
    ctx,
    project: { kind, input, title, called: asked.title, uploads, reviewers, priority: asked.priority ?? 'medium' },
  })
}

function targets(ctx: ServiceContext, typed: string | undefined, settings: Settings): string[] {
  const to = typed === undefined ? settings.targets : readLanguages(ctx.t, typed)
  if (to.length === 0) throw invalid(ctx.t, 'commands.problem.noTarget')
  if (to.length > 10) throw invalid(ctx.t, 'commands.problem.manyTargets', { most: 10 })
  return [...to]
}

/** A voice that was named counts for all targets, and brings its provider; else each language's own from the settings. */
async function chooseVoices(
  ctx: ServiceContext,
  asked: ProductionRequest,
  to: readonly string[],
  settings: Settings,
): Promise<Record<string, unknown>> {
  if (asked.voice !== undefined) {
    const found = await checkVoice({ ctx, typed: asked.voice, provider: asked.speech, languages: to })
    return defined({ voice: found?.id ?? asked.voice, speech: asked.speech ?? found?.provider })
  }
  const voices = Object.fromEntries(
    to.flatMap((language) => (settings.voices[language] === undefined ? [] : [[language, settings.voices[language]]])),
  )
  return Object.keys(voices).length === 0 ? {} : { voices }
}

function defined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>
}
