import { z } from 'zod'
import { glossary } from '#domain/glossary.ts'
import { captions } from '#workers/stages/captions/contract.ts'
import { finish } from '#workers/stages/finish/contract.ts'
import { translate } from '#workers/stages/translate/contract.ts'
import { definePipeline } from './define.ts'
import { productionInput } from './production-input.ts'
import { transcript } from './transcript.ts'

/** Translated captions without a voice: transcript ✋, then per language translation ✋ and srt, vtt and ass. */
export const subtitles = definePipeline({
  name: 'subtitles',
  version: 1,
  input: productionInput.omit({ speech: true }).extend({ to: z.array(z.string()).min(1), glossary: glossary.optional() }),
  plan(p, input) {
    const { src, info, approved: source } = transcript(p, input)

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
      const written = p.step(captions, { cues: translation.cues, language: to, title: src.title, formats: ['srt', 'vtt', 'ass'] })
      p.step(finish, { review: translation, files: written.files, durationMs: info.durationMs })
    })
  },
})
