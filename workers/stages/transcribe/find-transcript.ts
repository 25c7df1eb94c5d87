import { AppError } from '#core/errors.ts'
import type { z } from 'zod'
import type { CueList } from '#domain/cue.ts'
import { parseLanguage, sameLanguage } from '#domain/language.ts'
import type { ProviderCredit } from '#domain/provider-credit.ts'
import { recut, type SpokenSegment } from '#domain/recut.ts'
import { readSubtitles } from '../../lines/read-subtitles.ts'
import type { StageContext, Used } from '../define.ts'
import type { transcribe } from './contract.ts'

type Input = z.output<typeof transcribe.input>
type Captions = Input['captions'][number]

export interface FoundTranscript extends CueList {
  readonly draft: boolean
  readonly credits: readonly ProviderCredit[]
}

/** One's own file, else captions of the source in its language, else the best recogniser there is. */
export async function findTranscript(input: Input, ctx: StageContext): Promise<FoundTranscript> {
  if (input.transcript) return ownTranscript(input, ctx)
  const language = input.from ?? input.language
  const captions =
    language === undefined
      ? undefined
      : [...input.captions, ...input.embedded].find((track) => sameLanguage(track.language, language))
  // who names a recogniser wants it heard anew
  if (captions && input.provider === undefined)
    return recognise(input, ctx, { language, captions, provider: 'captions' })
  return recognise(input, ctx, { language, captions, provider: input.provider })
}

async function ownTranscript(input: Input, ctx: StageContext): Promise<FoundTranscript> {
  const file = input.transcript
  if (!file) throw new AppError('NOT_FOUND', 'there is no transcript')
  const told = input.from ?? file.language ?? languageInName(file.name)
  const list = await readSubtitles(ctx, file, told === undefined ? {} : { language: told })
  const language = told ?? (list.language === 'und' ? input.language : list.language)
  if (language === undefined) throw needsLanguage()
  return { language, cues: list.cues, draft: false, credits: [] }
}

/** `talk.pt-BR.srt` says what it is in; anything that is no language is just a name. */
function languageInName(name: string): string | undefined {
  const tag = /\.([a-z]{2,3}(?:[-_][a-z]{2,4})?)\.[a-z]{3}$/iu.exec(name)?.[1]
  if (tag === undefined) return undefined
  try {
    return parseLanguage(tag).tag
  } catch {
    return undefined
  }
}

async function recognise(
  input: Input,
  ctx: StageContext,
  by: {
    readonly language: string | undefined
    readonly captions: Captions | undefined
    readonly provider: string | undefined
  },
): Promise<FoundTranscript> {
  const need = { ...(by.language !== undefined && { language: by.language }), ...(by.captions && { captions: true }) }
  const choice = { provider: by.provider, strategy: input.strategy }
  const candidates = await ctx.candidates('transcription', choice, need)
  // who was named and is not there has reasons of its own, which `use` knows
  if (candidates.length === 0 && by.provider === undefined)
    throw by.language === undefined ? needsLanguage() : noTranscriber(by.language)
  const captions = by.captions && { path: await ctx.artifacts.path(by.captions.file), language: by.captions.language }
  const path = await ctx.artifacts.path(input.speech)
  const used = await ctx.use('transcription', choice, need, (client) =>
    client.transcribe({
      path,
      durationMs: input.durationMs,
      signal: ctx.signal,
      ...(by.language !== undefined && { language: by.language }),
      ...(captions && { captions }),
      onProgress: (ratio) => ctx.progress({ ratio, note: { key: 'listening', values: {} } }),
    }),
  )
  return asFound(used, by.language, input.durationMs)
}

function asFound(
  used: Used<{ language: string; segments: readonly SpokenSegment[] }>,
  language: string | undefined,
  durationMs: number,
): FoundTranscript {
  const cues = recut(used.value.segments)
    .filter((cue) => cue.startMs < durationMs)
    .map((cue) => ({ ...cue, endMs: Math.max(cue.startMs + 1, Math.min(cue.endMs, durationMs)) }))
  if (cues.length === 0)
    throw new AppError('LOW_QUALITY', 'no speech was recognised', {
      data: { reason: 'no_speech', provider: used.provider },
    })
  const credit = {
    capability: 'transcription',
    provider: used.provider,
    ...(used.model !== undefined && { model: used.model }),
  }
  return { language: language ?? used.value.language, cues, draft: used.draft, credits: [credit] }
}

function needsLanguage(): AppError {
  return new AppError('NEEDS_LANGUAGE', 'nothing tells which language is spoken', { data: { needs: ['from'] } })
}

function noTranscriber(language: string): AppError {
  return new AppError('NO_TRANSCRIBER', 'no provider can transcribe this language', {
    data: { language, needs: ['transcript', 'key'] },
  })
}
