import { z } from 'zod'
import { STRATEGIES } from '#domain/strategy.ts'
import { finish } from '#workers/stages/finish/contract.ts'
import { sample } from '#workers/stages/sample/contract.ts'
import { definePipeline } from './define.ts'

/** One voice says one sentence, so that people can choose. */
export const voiceSample = definePipeline({
  name: 'voice-sample',
  version: 1,
  input: z.object({
    language: z.string(),
    voice: z.string().optional(),
    speech: z.string().optional(),
    strategy: z.enum(STRATEGIES).optional(),
    text: z.string().max(500).optional(),
  }),
  plan(p, input) {
    const heard = p.step(sample, {
      language: input.language,
      voice: input.voice,
      text: input.text,
      provider: input.speech,
      strategy: input.strategy,
    })
    p.step(finish, { review: heard.review, durationMs: heard.durationMs })
  },
})
