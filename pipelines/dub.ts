import { z } from 'zod'
import { bed } from '#domain/bed.ts'
import { glossary } from '#domain/glossary.ts'
import { finish } from '#workers/stages/finish/contract.ts'
import { fit } from '#workers/stages/fit/contract.ts'
import { mix } from '#workers/stages/mix/contract.ts'
import { mux } from '#workers/stages/mux/contract.ts'
import { translate } from '#workers/stages/translate/contract.ts'
import { voice } from '#workers/stages/voice/contract.ts'
import { definePipeline } from './define.ts'
import { productionInput } from './production-input.ts'
import { transcript } from './transcript.ts'

/** A video in other languages: transcript ✋, then per language translation ✋, voice, fit, mix, mux, final ✋. */
export const dub = definePipeline({
  name: 'dub',
  version: 1,
  input: productionInput.extend({
    to: z.array(z.string()).min(1),
    /** a voice for all languages, or one for each */
    voice: z.string().optional(),
    voices: z.record(z.string(), z.string()).optional(),
    bed,
    glossary: glossary.optional(),
  }),
  plan(p, input) {
    const { src, info, audio, approved: source } = transcript(p, input)

    p.each(input.to, (language) => language, (to) => {
      const translated = p.step(translate, {
        cues: source.cues,
        from: source.target,
        to,
        title: src.title,
        durationMs: info.durationMs,
        glossary: input.glossary,
        provider: input.translation,
        strategy: input.strategy,
      })
      const translation = p.checkpoint('translation', {
        review: translated.review,
        auto: !input.review.translation,
        redo: { node: 'translate', capability: 'translation' },
      })
      const spoken = p.step(voice, {
        cues: translation.cues,
        language: to,
        voice: input.voices?.[to] ?? input.voice,
        provider: input.speech,
        strategy: input.strategy,
      })
      const fitted = p.step(fit, {
        cues: translation.cues,
        proposed: translated.cues,
        lines: spoken.lines,
        language: to,
        provider: spoken.provider,
        voice: spoken.voice,
        durationMs: info.durationMs,
        // words that a person approved are changed only where a person sees the result again
        rewrite: input.review.final || !input.review.translation,
      })
      const mixed = p.step(mix, {
        original: audio.sound,
        speech: fitted.speech,
        report: fitted.report,
        bed: input.bed,
        durationMs: info.durationMs,
      })
      const muxed = p.step(mux, {
        source: src.file,
        dub: mixed.audio,
        cues: fitted.cues,
        sourceCues: source.cues,
        captions: fitted.captions,
        report: fitted.report,
        table: fitted.table,
        sync: fitted.sync,
        loudness: mixed.loudness,
        title: src.title,
        from: source.target,
        to,
        durationMs: info.durationMs,
        drafts: [source.draft, translation.draft, spoken.draft],
        credits: [source.providers, translation.providers, spoken.credits],
      })
      const final = p.checkpoint('final', {
        review: muxed.review,
        auto: !input.review.final,
        redo: { node: 'voice', capability: 'speech' },
        editsAt: 'translation',
      })
      p.step(finish, { review: final, durationMs: info.durationMs })
    })
  },
})
