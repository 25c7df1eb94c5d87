import { z } from 'zod'
import { redoOverrides } from '#domain/redo-choice.ts'
import { retryStep } from '#services/projects/retry.ts'
import { defineAction } from '../define.ts'

/** What a select's single `value` means. */
const payload = z.object({ field: z.enum(['from', 'provider']) }).optional()

/** Tries a failed step again; a select or form may say the source's language, or another provider. */
export const stepRetry = defineAction({
  name: 'step.retry',
  role: 'editor',
  input: z.object({ value: z.string().max(300).optional(), from: z.string().max(60).optional() }),
  async run({ target, payload: given, values }, ctx) {
    const field = payload.safeParse(given ?? undefined).data?.field
    const from = values.from ?? (field === 'from' ? values.value : undefined)
    const choice = field === 'provider' ? redoOverrides(values.value) : undefined
    await retryStep({ ctx, stepId: target, change: { from, ...choice } })
    return undefined
  },
})
