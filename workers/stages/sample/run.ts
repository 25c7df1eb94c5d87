import { judgedLines } from '#domain/judged-lines.ts'
import { sampleSentence } from '#domain/sample-sentence.ts'
import { chooseSpeaker } from '../../lines/choose-speaker.ts'
import { speakLine } from '../../lines/speak-line.ts'
import { defineStage } from '../define.ts'
import { sample } from './contract.ts'

export const sampleStage = defineStage(sample, {
  async run({ language, voice, provider, strategy, text = sampleSentence(language) }, ctx) {
    const speaker = await chooseSpeaker(ctx, { provider, strategy, language, voice, firstText: text })
    const { file, durationMs, draft, model } = await speakLine(ctx, speaker, text)
    return {
      durationMs,
      review: {
        target: language,
        ...judgedLines([{ startMs: 0, endMs: durationMs, text }]),
        durationMs,
        media: [file],
        outputs: [file],
        draft,
        providers: [
          {
            capability: 'speech',
            provider: speaker.provider,
            voice: speaker.voice,
            ...(model !== undefined && { model }),
          },
        ],
      },
    }
  },
})
