import type { Command } from './define.ts'
import { dub } from './dub.ts'
import { helpCommand } from './help.ts'
import { inbox } from './inbox.ts'
import { project } from './project/index.ts'
import { providers } from './providers.ts'
import { queue } from './queue.ts'
import { settings } from './settings/index.ts'
import { subtitles } from './subtitles.ts'
import { team } from './team/index.ts'
import { transcribe } from './transcribe.ts'
import { voices } from './voices/index.ts'

const help = helpCommand(() => commands)

/** Every command that there is, in alphabetical order. */
export const commands = [
  dub,
  help,
  inbox,
  project,
  providers,
  queue,
  settings,
  subtitles,
  team,
  transcribe,
  voices,
] as const satisfies readonly Command[]
