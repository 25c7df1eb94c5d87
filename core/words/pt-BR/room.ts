import type { room as english } from '../en/room.ts'
import type { WordsOf } from '../words.ts'

export const room: WordsOf<typeof english> = {}
