import { z } from 'zod'
import { startProduction } from '#services/projects/start-production.ts'
import { defineCommand } from './define.ts'
import { productionArgs, sourceArg, targetsArg, translationArgs } from './production-args.ts'

export const subtitles = defineCommand({
  name: 'subtitles',
  summary: 'commands.subtitles.summary',
  role: 'editor',
  examples: ['/subtitles https://example.com/talk.mp4 to:pt-BR', '/subtitles to:es,fr from:en'],
  args: z.object({ source: sourceArg, to: targetsArg, ...productionArgs, ...translationArgs }),
  async run(asked, ctx) {
    const { projectId } = await startProduction({ ctx, kind: 'subtitles', asked, files: ctx.files })
    return { kind: 'thread', projectId }
  },
})
