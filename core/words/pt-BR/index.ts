import type { en } from '../en/index.ts'
import type { WordsOf } from '../words.ts'
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

/** All words in Brazilian Portuguese. */
export const ptBR: WordsOf<typeof en> = {
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
