import type { progress as english } from '../en/progress.ts'
import type { WordsOf } from '../words.ts'

export const progress: WordsOf<typeof english> = {}
