import { z } from 'zod'
import { bed } from '#domain/bed.ts'
import { glossary } from '#domain/glossary.ts'
import type { PlanBuilder } from '#engine/plan-builder.ts'
import { finish } from '#workers/stages/finish/contract.ts'
import { fit } from '#workers/stages/fit/contract.ts'
import { mix } from '#workers/stages/mix/contract.ts'
import { mux } from '#workers/stages/mux/contract.ts'
import { voice } from '#workers/stages/voice/contract.ts'
import { definePipeline } from './define.ts'
import { productionInput } from './production-input.ts'
import { type Transcript, transcript } from './transcript.ts'
import { translation } from './translation.ts'

const dubInput = productionInput.extend({
  to: z.array(z.string()).min(1),
  /** a voice for all languages, or one for each */
  voice: z.string().optional(),
  voices: z.record(z.string(), z.string()).optional(),
  bed,
  glossary: glossary.optional(),
})
type DubInput = z.output<typeof dubInput>

/** A video in other languages: transcript ✋, then for each language translation ✋, voice, fit, mix, mux, final ✋. */
export const dub = definePipeline({
  name: 'dub',
  version: 1,
  input: dubInput,
  plan(p, input) {
    const heard = transcript(p, input)
    p.each(
      input.to,
      (language) => language,
      (to) => dubInto(p, input, heard, to),
    )
  },
})

function dubInto(p: PlanBuilder, input: DubInput, heard: Transcript, to: string): void {
  const { src, info, audio, approved: source } = heard
  const { durationMs } = info
  const { proposed, approved } = translation(p, input, heard, to)
  const spoken = p.step(voice, {
    cues: approved.cues,
    language: to,
    voice: input.voices?.[to] ?? input.voice,
    provider: input.speech,
    strategy: input.strategy,
  })
  const fitted = p.step(fit, {
    cues: approved.cues,
    proposed: proposed.cues,
    lines: spoken.lines,
    language: to,
    provider: spoken.provider,
    voice: spoken.voice,
    durationMs,
    // words that a person approved are changed only where a person sees the result again
    rewrite: input.review.final || !input.review.translation,
  })
  const { report, table, cues, captions, sync } = fitted
  const mixed = p.step(mix, { original: audio.sound, speech: fitted.speech, report, bed: input.bed, durationMs })
  const { loudness } = mixed
  const muxed = p.step(mux, {
    ...{ source: src.file, dub: mixed.audio, title: src.title, from: source.target, to, durationMs },
    ...{ cues, sourceCues: source.cues, captions, report, table, sync, loudness },
    drafts: [source.draft, approved.draft, spoken.draft],
    credits: [source.providers, approved.providers, spoken.credits],
  })
  const final = p.checkpoint('final', {
    review: muxed.review,
    auto: !input.review.final,
    redo: { node: 'voice', capability: 'speech' },
    editsAt: 'translation',
  })
  p.step(finish, { review: final, durationMs })
}
