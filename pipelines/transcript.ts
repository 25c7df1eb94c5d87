import type { z } from 'zod'
import type { PlanBuilder } from '#engine/plan-builder.ts'
import { download } from '#workers/stages/download/contract.ts'
import { extract } from '#workers/stages/extract/contract.ts'
import { probe } from '#workers/stages/probe/contract.ts'
import { transcribe } from '#workers/stages/transcribe/contract.ts'
import type { productionInput } from './production-input.ts'

type TranscriptInput = Omit<z.output<typeof productionInput>, 'translation' | 'speech'>

/** The way every production begins: the source comes in, is looked at, heard, and its transcript approved. */
export function transcript(p: PlanBuilder, input: TranscriptInput) {
  const src = p.step(download, { source: input.source, language: input.from })
  const info = p.step(probe, { file: src.file, language: src.language })
  const audio = p.step(extract, { file: src.file, durationMs: info.durationMs, captions: info.captions })
  const heard = p.step(transcribe, {
    speech: audio.speech,
    sound: audio.sound,
    durationMs: info.durationMs,
    from: input.from,
    language: info.language,
    transcript: input.transcript,
    captions: src.captions,
    embedded: audio.captions,
    provider: input.transcription,
    strategy: input.strategy,
  })
  const approved = p.checkpoint('transcript', {
    review: heard.review,
    auto: !input.review.transcript,
    redo: { node: 'transcribe', capability: 'transcription' },
  })
  return { src, info, audio, approved }
}

export type Transcript = ReturnType<typeof transcript>
