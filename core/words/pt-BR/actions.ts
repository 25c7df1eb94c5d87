import type { actions as english } from '../en/actions.ts'
import type { WordsOf } from '../words.ts'

export const actions: WordsOf<typeof english> = {}
