import { z } from 'zod'
import { ROLES } from '#domain/role.ts'
import { changeRole } from '#services/team/change-member.ts'
import type { ArgMeta } from '../arg-meta.ts'
import { defineVerb } from '../define.ts'

export const role = defineVerb({
  role: 'admin',
  args: z.object({
    member: z
      .string()
      .min(1)
      .max(100)
      .meta({ positional: true, autocomplete: 'members' } satisfies ArgMeta),
    role: z.enum(ROLES).meta({ positional: true, choices: ROLES } satisfies ArgMeta),
  }),
  async run({ member, role: next }, ctx) {
    const { name } = await changeRole({ ctx, name: member, role: next })
    return {
      kind: 'card',
      card: { text: ctx.t('commands.team.changed', { name, role: ctx.t(`commands.role.${next}`) }), tone: 'done' },
    }
  },
})
