import type { commands as english } from '../en/commands.ts'
import type { WordsOf } from '../words.ts'

export const commands: WordsOf<typeof english> = {}
