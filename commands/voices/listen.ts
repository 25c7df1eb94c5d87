import { z } from 'zod'
import { readLanguage } from '#services/languages/read-language.ts'
import { voiceLanguage } from '#services/voices/voice-language.ts'
import type { ArgMeta } from '../arg-meta.ts'
import { defineVerb } from '../define.ts'
import { listenReply } from './listen-reply.ts'

export const listen = defineVerb({
  role: 'editor',
  args: z.object({
    voice: z
      .string()
      .min(1)
      .max(200)
      .meta({ positional: true, autocomplete: 'voices' } satisfies ArgMeta),
    language: z
      .string()
      .max(60)
      .optional()
      .meta({ positional: true, autocomplete: 'languages' } satisfies ArgMeta),
    text: z
      .string()
      .max(500)
      .optional()
      .meta({ positional: true, rest: true } satisfies ArgMeta),
  }),
  async run({ voice, language: typed, text }, ctx) {
    const language = typed === undefined ? await voiceLanguage({ ctx, voice }) : readLanguage(ctx.t, typed)
    return listenReply(ctx, { voice, language, text })
  },
})
