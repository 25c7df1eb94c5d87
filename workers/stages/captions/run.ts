import { cueList } from '#domain/cue.ts'
import { saveSubtitles } from '../../lines/save-cues.ts'
import { fileName } from '../../lines/file-name.ts'
import { defineStage } from '../define.ts'
import { captions } from './contract.ts'

export const captionsStage = defineStage(captions, {
  async run(input, ctx) {
    const list = await ctx.artifacts.readJson(input.cues, cueList)
    const name = fileName(input.title, input.language)
    const files = await Promise.all(
      input.formats.map((format) => saveSubtitles(ctx, name, format, { ...list, language: input.language })),
    )
    return { files }
  },
})
