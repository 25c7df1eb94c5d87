import { defineVerbs } from '../define.ts'
import { list } from './list.ts'
import { listen } from './listen.ts'

export const voices = defineVerbs({
  name: 'voices',
  summary: 'commands.voices.summary',
  examples: ['/voices language:pt-BR', '/voices listen pt-br pt-BR', '/voices listen maria es "Hola a todos"'],
  defaultVerb: 'list',
  verbs: { list, listen },
})
