import { z } from 'zod'
import { AppError } from '#core/errors.ts'
import { defineAction } from '../define.ts'
import { listenReply } from '../voices/listen-reply.ts'

const choice = z.tuple([z.string(), z.string(), z.string()])

/** Plays a voice that was chosen from the list: its value is provider, voice and language. */
export const voiceListen = defineAction({
  name: 'voice.listen',
  role: 'editor',
  input: z.object({ value: z.string().max(500) }),
  async run({ values }, ctx) {
    const [provider, voice, language] = readChoice(values.value)
    return listenReply(ctx, { provider, voice, language })
  },
})

function readChoice(value: string): z.output<typeof choice> {
  try {
    return choice.parse(JSON.parse(value))
  } catch (cause) {
    throw new AppError('STALE', 'not a choice that was offered', { cause })
  }
}
