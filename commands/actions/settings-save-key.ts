import { z } from 'zod'
import { saveKey } from '#services/settings/keys.ts'
import { defineAction } from '../define.ts'
import { keysCard } from '../settings/keys-card.ts'

/** Keeps the keys that were filled in: one input for each, by its name. What is empty stays as it is, `-` removes. */
export const settingsSaveKey = defineAction({
  name: 'settings.save-key',
  role: 'admin',
  input: z.object({}).catchall(z.string().max(4000)),
  async run({ values }, ctx) {
    const filled = Object.entries(values).filter(([, value]) => value.trim() !== '')
    for (const [name, value] of filled) await saveKey({ ctx, name, value })
    return {
      kind: 'card',
      card: await keysCard(
        ctx,
        ctx.t('settings.keysSaved', { count: filled.length, names: filled.map(([name]) => name).join(', ') }),
      ),
    }
  },
})
