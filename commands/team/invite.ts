import { z } from 'zod'
import { ROLES } from '#domain/role.ts'
import { invite as inviteMember, INVITE_HOURS } from '#services/team/invite.ts'
import type { ArgMeta } from '../arg-meta.ts'
import { defineVerb } from '../define.ts'

export const invite = defineVerb({
  role: 'admin',
  args: z.object({
    name: z
      .string()
      .trim()
      .min(1)
      .max(60)
      .meta({ positional: true, rest: true } satisfies ArgMeta),
    role: z
      .enum(ROLES)
      .default('editor')
      .meta({ choices: ROLES } satisfies ArgMeta),
  }),
  async run({ name, role }, ctx) {
    const { t } = ctx
    const { link } = await inviteMember({ ctx, name, role })
    const text = `${t('commands.team.invited', { role: t(`commands.role.${role}`), hours: INVITE_HOURS })}\n${link}`
    return { kind: 'card', card: { title: t('commands.team.inviteTitle', { name }), text, tone: 'done' } }
  },
})
