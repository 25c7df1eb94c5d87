import fc from 'fast-check'
import { expect, it } from 'vitest'
import { recut, type SpokenSegment } from './recut.ts'

it('cuts at sentence ends, not at abbreviations or decimals', () => {
  const cues = recut([
    { startMs: 0, endMs: 6000, text: 'Dr. Silva paid 3.50 euros. He left! Did he? J. R. R. Tolkien.' },
  ])
  expect(cues.map((cue) => cue.text)).toEqual([
    'Dr. Silva paid 3.50 euros.',
    'He left!',
    'Did he?',
    'J. R. R. Tolkien.',
  ])
})

it('joins a sentence that a recogniser split, and cuts where a pause is long', () => {
  const words = (text: string, from: number) =>
    text.split(' ').map((word, i) => ({ text: word, startMs: from + i * 300, endMs: from + i * 300 + 250 }))
  const cues = recut([
    { startMs: 0, endMs: 900, text: 'this is one', words: words('this is one', 0) },
    { startMs: 900, endMs: 1500, text: 'sentence and', words: words('sentence and', 900) },
    { startMs: 3000, endMs: 3600, text: 'another one', words: words('another one', 3000) },
  ])
  expect(cues).toEqual([
    { startMs: 0, endMs: 1450, text: 'this is one sentence and' },
    { startMs: 3000, endMs: 3550, text: 'another one' },
  ])
})

it('cuts a long sentence after a comma near its middle', () => {
  const text =
    'When the film was finished at last everybody in the small studio went home, but the editor stayed until the morning came'
  expect(recut([{ startMs: 0, endMs: 9000, text }]).map((cue) => cue.text)).toEqual([
    'When the film was finished at last everybody in the small studio went home,',
    'but the editor stayed until the morning came',
  ])
})

it('cuts Japanese, which has no spaces, and keeps it without spaces', () => {
  const text = '今日はとても天気がいいです。明日は雨が降るかもしれません。'
  expect(recut([{ startMs: 0, endMs: 5000, text }]).map((cue) => cue.text)).toEqual([
    '今日はとても天気がいいです。',
    '明日は雨が降るかもしれません。',
  ])
})

it('flags what the recogniser was unsure of', () => {
  const cues = recut([
    { startMs: 0, endMs: 1000, text: 'Sure.', confidence: 0.9 },
    { startMs: 2000, endMs: 3000, text: 'Perhaps.', confidence: 0.2 },
  ])
  expect(cues.map((cue) => cue.flags)).toEqual([undefined, ['uncertain']])
})

it('loses no word, stays in order without overlap, and keeps to the limits', () => {
  fc.assert(
    fc.property(segments(), (input) => {
      const cues = recut(input)
      const said = input.flatMap((segment) => segment.text.split(/\s+/u)).filter((word) => word !== '')
      expect(cues.flatMap((cue) => cue.text.split(' '))).toEqual(said)
      for (const [index, cue] of cues.entries()) {
        expect(cue.endMs).toBeGreaterThan(cue.startMs)
        expect(cue.startMs).toBeGreaterThanOrEqual(cues[index - 1]?.endMs ?? 0)
        expect(cue.text.length <= 84 || !cue.text.includes(' ')).toBe(true)
        expect(cue.endMs - cue.startMs <= 7000 || !cue.text.includes(' ')).toBe(true)
      }
    }),
  )
})

function segments(): fc.Arbitrary<SpokenSegment[]> {
  const word = fc.stringMatching(/^[a-z]{1,12}[.,!?]?$/u)
  const one = fc.record({
    gap: fc.nat(3000),
    length: fc.nat(20_000),
    words: fc.array(word, { maxLength: 30 }),
    timed: fc.boolean(),
  })
  return fc.array(one, { maxLength: 6 }).map((parts) => {
    let now = 0
    return parts.map(({ gap, length, words, timed }) => {
      const startMs = now + gap
      now = startMs + length
      const text = words.join(' ')
      const step = Math.floor(length / Math.max(1, words.length))
      const times = words.map((spoken, i) => ({
        text: spoken,
        startMs: startMs + i * step,
        endMs: startMs + (i + 1) * step,
      }))
      return timed ? { startMs, endMs: now, text, words: times } : { startMs, endMs: now, text }
    })
  })
}
