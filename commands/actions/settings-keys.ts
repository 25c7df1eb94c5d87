import { z } from 'zod'
import { defineAction } from '../define.ts'
import { keysCard } from '../settings/keys-card.ts'

/** Opens the form for keys. */
export const settingsKeys = defineAction({
  name: 'settings.keys',
  role: 'admin',
  input: z.object({}),
  async run(_, ctx) {
    return { kind: 'card', card: await keysCard(ctx) }
  },
})
