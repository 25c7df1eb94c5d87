import { captions } from '#workers/stages/captions/contract.ts'
import { finish } from '#workers/stages/finish/contract.ts'
import { definePipeline } from './define.ts'
import { productionInput } from './production-input.ts'
import { transcript } from './transcript.ts'

/** What is said, as files: transcript ✋, then json, txt, srt and vtt. */
export const transcribe = definePipeline({
  name: 'transcribe',
  version: 1,
  input: productionInput.omit({ translation: true, speech: true }),
  plan(p, input) {
    const { src, info, approved } = transcript(p, input)
    const written = p.step(captions, {
      cues: approved.cues,
      language: approved.target,
      title: src.title,
      formats: ['json', 'txt', 'srt', 'vtt'],
    })
    p.step(finish, { review: approved, files: written.files, durationMs: info.durationMs })
  },
})
