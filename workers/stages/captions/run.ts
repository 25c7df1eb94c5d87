import { cueList } from '#domain/cue.ts'
import { saveSubtitles } from '../../lines/save-cues.ts'
import { readableCaptions } from '../../lines/readable-captions.ts'
import { fileName } from '../../lines/file-name.ts'
import { defineStage } from '../define.ts'
import { captions } from './contract.ts'

export const captionsStage = defineStage(captions, {
  async run(input, ctx) {
    const { cues } = await ctx.artifacts.readJson(input.cues, cueList)
    const list = { language: input.language, cues }
    const name = fileName(input.title, input.language)
    const files = await Promise.all(
      input.formats.map((format) => saveSubtitles(ctx, name, format, readableCaptions(list, format))),
    )
    return { files }
  },
})
