import { defineStage } from '../define.ts'
import { finish } from './contract.ts'

export const finishStage = defineStage(finish, {
  async run({ review, files, durationMs }) {
    return {
      target: review.target,
      files: files ?? review.outputs ?? [],
      durationMs: review.durationMs ?? durationMs,
      ...(review.sync && { sync: review.sync }),
      ...(review.loudness && { loudness: review.loudness }),
      draft: review.draft,
      providers: review.providers,
    }
  },
})
