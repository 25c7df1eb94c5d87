import { extractCaptions } from '#media/extract-captions.ts'
import { extractAudio } from '#media/extract-audio.ts'
import { keepCaptions } from '../../lines/keep-captions.ts'
import { defineStage } from '../define.ts'
import { extract } from './contract.ts'

export const extractStage = defineStage(extract, {
  async run({ file, durationMs, captions: tracks }, ctx) {
    const source = await ctx.artifacts.path(file)
    const { full, speech } = await extractAudio({
      source,
      durationMs,
      signal: ctx.signal,
      workDir: ctx.workDir,
      onProgress: (ratio) => ctx.progress({ ratio, note: { key: 'extracting', values: {} } }),
    })
    const captions = await extractCaptions({ source, tracks, signal: ctx.signal, workDir: ctx.workDir })
    const kept = { kind: 'audio', durationMs } as const
    return {
      sound: await ctx.artifacts.save({ ...kept, path: full, mime: 'audio/flac', name: 'sound.flac' }),
      speech: await ctx.artifacts.save({ ...kept, path: speech, mime: 'audio/wav', name: 'speech-16k.wav' }),
      captions: await Promise.all(captions.map((track) => keepCaptions(ctx, track))),
    }
  },
})
