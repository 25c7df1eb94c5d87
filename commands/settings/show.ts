import { z } from 'zod'
import { defineVerb } from '../define.ts'
import { settingsCard } from './settings-card.ts'

export const show = defineVerb({
  role: 'viewer',
  args: z.object({}),
  async run(_, ctx) {
    return { kind: 'card', card: await settingsCard(ctx) }
  },
})
