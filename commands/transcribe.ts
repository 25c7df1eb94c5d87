import { z } from 'zod'
import { startProduction } from '#services/projects/start-production.ts'
import { defineCommand } from './define.ts'
import { productionArgs, sourceArg } from './production-args.ts'

export const transcribe = defineCommand({
  name: 'transcribe',
  summary: 'commands.transcribe.summary',
  role: 'editor',
  examples: ['/transcribe https://example.com/talk.mp4', '/transcribe from:en review:off'],
  args: z.object({ source: sourceArg, ...productionArgs }),
  async run(asked, ctx) {
    const { projectId } = await startProduction({ ctx, kind: 'transcribe', asked, files: ctx.files })
    return { kind: 'thread', projectId }
  },
})
