import type { settings as english } from '../en/settings.ts'
import type { WordsOf } from '../words.ts'

export const settings: WordsOf<typeof english> = {}
