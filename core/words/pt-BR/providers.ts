import type { providers as english } from '../en/providers.ts'
import type { WordsOf } from '../words.ts'

export const providers: WordsOf<typeof english> = {}
