import { defineVerbs } from '../define.ts'
import { keys } from './keys.ts'
import { limits } from './limits.ts'
import { notify } from './notify.ts'
import { review } from './review.ts'
import { set } from './set.ts'
import { show } from './show.ts'
import { voice } from './voice.ts'

export const settings = defineVerbs({
  name: 'settings',
  summary: 'commands.settings.summary',
  examples: [
    '/settings',
    '/settings set language pt-BR',
    '/settings set targets pt-BR,es',
    '/settings voice es maria',
    '/settings review translation off',
    '/settings notify reminders:on quiet:22-7 timezone:America/Sao_Paulo',
    '/settings limits projects:5 spend:20 upload:2GB retention:90',
    '/settings keys',
  ],
  defaultVerb: 'show',
  verbs: { keys, limits, notify, review, set, show, voice },
})
