import { z } from 'zod'
import { BEDS } from '#domain/bed.ts'
import { startProduction } from '#services/projects/start-production.ts'
import type { ArgMeta } from './arg-meta.ts'
import { defineCommand } from './define.ts'
import { productionArgs, sourceArg, targetsArg, translationArgs } from './production-args.ts'

export const dub = defineCommand({
  name: 'dub',
  summary: 'commands.dub.summary',
  role: 'editor',
  examples: [
    '/dub https://example.com/talk.mp4 to:pt-BR,es',
    '/dub to:fr voice:siwis bed:keep review:off',
    '/dub https://youtu.be/… to:de glossary:"take=Take; dailies=Muster"',
  ],
  args: z.object({
    source: sourceArg,
    to: targetsArg,
    ...productionArgs,
    ...translationArgs,
    voice: z
      .string()
      .max(200)
      .optional()
      .meta({ autocomplete: 'voices' } satisfies ArgMeta),
    speech: z
      .string()
      .max(100)
      .optional()
      .meta({ autocomplete: 'providers' } satisfies ArgMeta),
    bed: z
      .enum(BEDS)
      .optional()
      .meta({ choices: BEDS } satisfies ArgMeta),
  }),
  async run(asked, ctx) {
    const { projectId } = await startProduction({ ctx, kind: 'dub', asked, files: ctx.files })
    return { kind: 'thread', projectId }
  },
})
