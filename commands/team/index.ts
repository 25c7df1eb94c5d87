import { defineVerbs } from '../define.ts'
import { invite } from './invite.ts'
import { list } from './list.ts'
import { remove } from './remove.ts'
import { role } from './role.ts'

export const team = defineVerbs({
  name: 'team',
  summary: 'commands.team.summary',
  examples: ['/team list', '/team invite Rita role:editor', '/team role Rita admin', '/team remove Rita'],
  defaultVerb: 'list',
  verbs: { invite, list, remove, role },
})
