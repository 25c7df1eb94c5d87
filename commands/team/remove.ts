import { z } from 'zod'
import { newId } from '#core/ids.ts'
import { findMember } from '#services/team/find-members.ts'
import type { ArgMeta } from '../arg-meta.ts'
import { defineVerb } from '../define.ts'

export const remove = defineVerb({
  role: 'admin',
  args: z.object({
    member: z
      .string()
      .min(1)
      .max(100)
      .meta({ positional: true, rest: true, autocomplete: 'members' } satisfies ArgMeta),
  }),
  async run({ member }, ctx) {
    const { t } = ctx
    const { id, name } = await findMember({ ctx, typed: member })
    const intent = {
      action: 'team.remove-now',
      verb: 'confirm',
      target: newId('ask'),
      version: 1,
      role: 'admin',
      oneShot: true,
      payload: { memberId: id },
      memberId: ctx.member.id,
    } as const
    const card = {
      title: t('commands.team.removeTitle', { name }),
      text: t('commands.team.removeText'),
      tone: 'ask',
      buttons: [{ intent, label: t('commands.team.removeConfirm'), style: 'danger' }],
    } as const
    return { kind: 'card', card }
  },
})
