import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'

test.each([
  ['portugese', ['portuguese', 'polish'], 'portuguese'],
  ['dbu', ['dub', 'help'], undefined],
  ['dubb', ['dub', 'help'], 'dub'],
  ['sub', ['dub', 'subtitles'], 'dub'],
  ['subt', ['subtitles', 'help'], 'subtitles'],
  ['ES', ['es', 'fr'], 'es'],
  ['zzzzz', ['es', 'fr'], undefined],
  ['x', [], undefined],
])('%s among %j', (typed, known, expected) => {
  expect(nearest(typed, known)).toBe(expected)
})
