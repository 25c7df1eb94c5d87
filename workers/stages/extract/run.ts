import { extractAudio } from '#media/extract-audio.ts'
import { defineStage } from '../define.ts'
import { extract } from './contract.ts'

export const extractStage = defineStage(extract, {
  async run({ file, durationMs }, ctx) {
    const { full, speech } = await extractAudio({
      source: await ctx.artifacts.path(file),
      durationMs,
      signal: ctx.signal,
      workDir: ctx.workDir,
      onProgress: (ratio) => ctx.progress({ ratio, note: { key: 'extracting', values: {} } }),
    })
    const kept = { kind: 'audio', durationMs } as const
    return {
      sound: await ctx.artifacts.save({ ...kept, path: full, mime: 'audio/flac', name: 'sound.flac' }),
      speech: await ctx.artifacts.save({ ...kept, path: speech, mime: 'audio/wav', name: 'speech-16k.wav' }),
    }
  },
})
