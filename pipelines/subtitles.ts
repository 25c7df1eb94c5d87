import { z } from 'zod'
import { glossary } from '#domain/glossary.ts'
import { captions } from '#workers/stages/captions/contract.ts'
import { finish } from '#workers/stages/finish/contract.ts'
import { definePipeline } from './define.ts'
import { productionInput } from './production-input.ts'
import { transcript } from './transcript.ts'
import { translation } from './translation.ts'

/** Translated captions without a voice: transcript ✋, then for each language translation ✋ and srt, vtt and ass. */
export const subtitles = definePipeline({
  name: 'subtitles',
  version: 1,
  input: productionInput
    .omit({ speech: true })
    .extend({ to: z.array(z.string()).min(1), glossary: glossary.optional() }),
  plan(p, input) {
    const heard = transcript(p, input)
    const { src, info } = heard
    p.each(
      input.to,
      (language) => language,
      (to) => {
        const { approved } = translation(p, input, heard, to)
        const written = p.step(captions, {
          cues: approved.cues,
          language: to,
          title: src.title,
          formats: ['srt', 'vtt', 'ass'],
        })
        p.step(finish, { review: approved, files: written.files, durationMs: info.durationMs })
      },
    )
  },
})
