import { expect, it } from 'vitest'
import { flagCue } from './flag-cue.ts'
import { judgedLines } from './judged-lines.ts'

const cues = Array.from({ length: 30 }, (_, index) => ({
  startMs: index * 1000,
  endMs: index * 1000 + 900,
  text: `line ${index + 1}`,
}))

it('shows the first lines beside their source, where the lines match', () => {
  const shown = judgedLines(
    cues,
    cues.map((cue) => ({ ...cue, text: `source of ${cue.text}` })),
  )
  expect(shown).toMatchObject({ lines: 30, flagged: [], flaggedCount: 0 })
  expect(shown.firstLines).toHaveLength(8)
  expect(shown.firstLines[1]).toEqual({ line: 2, startMs: 1000, text: 'line 2', source: 'source of line 2' })
  expect(judgedLines(cues, cues.slice(1)).firstLines[0]).toEqual({ line: 1, startMs: 0, text: 'line 1' })
})

it('counts all that is flagged and shows a part', () => {
  const shown = judgedLines(cues.map((cue) => ({ ...cue, flags: ['late', 'cut'] })))
  expect(shown.flaggedCount).toBe(60)
  expect(shown.flagged).toHaveLength(20)
  expect(shown.flagged[1]).toEqual({ line: 1, flag: 'cut', text: 'line 1' })
})

it('sets and clears the marks that are named, and leaves the others', () => {
  const cue = { startMs: 0, endMs: 1, text: 'x', flags: ['uncertain' as const, 'late' as const] }
  expect(flagCue(cue, { late: false, cut: true }).flags).toEqual(['uncertain', 'cut'])
  expect('flags' in flagCue(cue, { late: false, uncertain: false })).toBe(false)
})
