import { judgedLines } from '#domain/judged-lines.ts'
import { saveCues } from '../../lines/save-cues.ts'
import { soundSample } from '../../review/sound-sample.ts'
import { unlessDoubtful } from '../../review/doubt.ts'
import { defineStage } from '../define.ts'
import { transcribe } from './contract.ts'
import { findTranscript } from './find-transcript.ts'

export const transcribeStage = defineStage(transcribe, {
  async run(input, ctx) {
    const { language, cues, draft, credits } = await findTranscript(input, ctx)
    const files = await saveCues(ctx, 'transcript', { language, cues })
    const media = await soundSample({
      ctx,
      sound: input.sound,
      fromMs: cues[0]?.startMs ?? 0,
      durationMs: input.durationMs,
      language,
    })
    const output = {
      language,
      cues: files.cues,
      review: {
        target: language,
        ...files,
        ...judgedLines(cues),
        durationMs: input.durationMs,
        media,
        draft,
        providers: [...credits],
      },
    }
    return unlessDoubtful(
      output,
      'uncertain',
      cues.filter((cue) => cue.flags?.includes('uncertain')).length,
      cues.length,
    )
  },
})
