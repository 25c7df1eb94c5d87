import { z } from 'zod'
import { removeMember } from '#services/team/change-member.ts'
import { defineAction } from '../define.ts'

const payload = z.object({ memberId: z.string() })

/** The confirmed removal of a member. */
export const teamRemoveNow = defineAction({
  name: 'team.remove-now',
  role: 'admin',
  input: z.object({}),
  async run({ payload: given }, ctx) {
    const { name } = await removeMember({ ctx, memberId: payload.parse(given).memberId })
    return { kind: 'card', card: { text: ctx.t('actions.removed', { name }), tone: 'done' } }
  },
})
