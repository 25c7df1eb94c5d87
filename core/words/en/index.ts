import { actions } from './actions.ts'
import { cards } from './cards.ts'
import { commands } from './commands.ts'
import { errors } from './errors.ts'
import { flags } from './flags.ts'
import { progress } from './progress.ts'
import { providers } from './providers.ts'
import { room } from './room.ts'
import { settings } from './settings.ts'
import { stages } from './stages.ts'

/** All words in English: the language that the keys come from. */
export const en = {
  actions,
  cards,
  commands,
  errors,
  flags,
  progress,
  providers,
  room,
  settings,
  stages,
}
