import { z } from 'zod'
import { retryStep } from '#services/projects/retry.ts'
import { defineAction } from '../define.ts'

/** What a select's single `value` means; a button has none. */
const payload = z.object({ field: z.literal('from') })

/** Tries a failed step again; a select or form may say the source's language. */
export const stepRetry = defineAction({
  name: 'step.retry',
  role: 'editor',
  input: z.object({ value: z.string().max(300).optional(), from: z.string().max(60).optional() }),
  async run({ target, payload: given, values }, ctx) {
    const from = values.from ?? (payload.safeParse(given).success ? values.value : undefined)
    await retryStep({ ctx, stepId: target, change: { from } })
    return undefined
  },
})
