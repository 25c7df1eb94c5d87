import { z } from 'zod'
import { listMembers } from '#services/team/list-members.ts'
import { defineVerb } from '../define.ts'

export const list = defineVerb({
  role: 'viewer',
  args: z.object({}),
  async run(_, ctx) {
    const { t, member: asker } = ctx
    const members = await listMembers(ctx)
    const fields = members.map(({ id, name, role }) => ({
      name: id === asker.id ? t('commands.team.you', { name }) : name,
      value: t(`commands.role.${role}` as 'commands.role.admin'),
    }))
    return {
      kind: 'card',
      card: { title: t('commands.team.title', { count: members.length }), tone: 'info', fields: fields.slice(0, 100) },
    }
  },
})
