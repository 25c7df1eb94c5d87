import type { stages as english } from '../en/stages.ts'
import type { WordsOf } from '../words.ts'

export const stages: WordsOf<typeof english> = {}
