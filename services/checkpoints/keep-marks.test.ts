import { expect, test } from 'vitest'
import type { Cue } from '#domain/cue.ts'
import { keepMarks } from './keep-marks.ts'

const before: Cue[] = [
  { startMs: 0, endMs: 900, text: 'One.', speaker: 'A', flags: ['uncertain'] },
  { startMs: 1000, endMs: 1900, text: 'Two.', speaker: 'B', flags: ['untranslated'] },
  { startMs: 2000, endMs: 2900, text: 'Three.', flags: ['late'] },
]
const plain = (cue: Cue, change: Partial<Cue> = {}): Cue => ({
  startMs: cue.startMs,
  endMs: cue.endMs,
  text: cue.text,
  ...change,
})

test('what is untouched keeps speaker and flags; new words settle the flags', () => {
  const after = keepMarks(
    before,
    before.map((cue, index) => plain(cue, index === 1 ? { text: 'Dos.' } : {})),
  )
  expect(after).toEqual([before[0], { startMs: 1000, endMs: 1900, text: 'Dos.', speaker: 'B' }, before[2]])
})

test('a line that moved is still the same line; an added one takes nothing from its neighbours', () => {
  const moved = keepMarks(
    before,
    before.map((cue) => plain(cue, { startMs: cue.startMs + 50 })),
  )
  expect(moved.map((cue) => cue.speaker)).toEqual(['A', 'B', undefined])
  const added = keepMarks(before, [
    ...before.slice(0, 2).map((cue) => plain(cue)),
    { startMs: 1950, endMs: 1990, text: 'New.' },
    plain(before[2] as Cue),
  ])
  expect(added[2]).toEqual({ startMs: 1950, endMs: 1990, text: 'New.' })
  expect(added[3]?.flags).toEqual(['late'])
})
