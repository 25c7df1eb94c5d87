import { z } from 'zod'
import { defineVerb } from '../define.ts'
import { keysCard } from './keys-card.ts'

export const keys = defineVerb({
  role: 'admin',
  args: z.object({}),
  async run(_, ctx) {
    return { kind: 'card', card: await keysCard(ctx) }
  },
})
