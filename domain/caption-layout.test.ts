import fc from 'fast-check'
import { expect, it } from 'vitest'
import { layoutCaptions } from './caption-layout.ts'
import type { Cue } from './cue.ts'

it('breaks into two lines of like width, rather after a comma and not after an article', () => {
  const [caption] = layoutCaptions([
    { startMs: 0, endMs: 4000, text: 'She opened the old door slowly, and the cat ran out' },
  ])
  expect(caption?.text).toBe('She opened the old door slowly,\nand the cat ran out')
})

it('lets a caption stand into the pause after it until it can be read', () => {
  const captions = layoutCaptions([
    { startMs: 0, endMs: 300, text: 'Oh' },
    { startMs: 5000, endMs: 5500, text: 'A line that is thirty letters.' },
    { startMs: 5900, endMs: 6000, text: 'Hm' },
  ])
  expect(captions.map((cue) => cue.endMs)).toEqual([800, 5820, 6700])
})

it('cuts a cue too wide for two lines into several', () => {
  const text = 'word '.repeat(40).trim()
  const captions = layoutCaptions([{ startMs: 1000, endMs: 21_000, text }])
  expect(captions.length).toBeGreaterThan(2)
  expect(captions[0]?.startMs).toBe(1000)
  expect(captions.at(-1)?.endMs).toBe(21_000)
})

it('breaks Chinese between words, never before closing punctuation', () => {
  const [caption] = layoutCaptions([
    { startMs: 0, endMs: 4000, text: '今天的天气非常好,我们一起去公园里散步吧,好不好呢。' },
  ])
  const lines = caption?.text.split('\n') ?? []
  expect(lines).toHaveLength(2)
  expect(lines.every((line) => !/^[,。]/u.test(line))).toBe(true)
})

it('keeps every word and every start, never overlaps, never has three lines', () => {
  const word = fc.stringMatching(/^[a-z]{1,14}[,.]?$/u)
  const cue = fc.record({
    gap: fc.nat(3000),
    length: fc.integer({ min: 40, max: 9000 }),
    words: fc.array(word, { minLength: 1, maxLength: 60 }),
  })
  fc.assert(
    fc.property(fc.array(cue, { maxLength: 6 }), (steps) => {
      const cues = inTime(steps)
      const captions = layoutCaptions(cues)
      expect(captions.flatMap((caption) => caption.text.split(/\s/u))).toEqual(
        cues.flatMap((each) => each.text.split(' ')),
      )
      for (const [index, caption] of captions.entries()) {
        expect(caption.startMs).toBeGreaterThanOrEqual(captions[index - 1]?.endMs ?? 0)
        expect(caption.endMs).toBeGreaterThan(caption.startMs)
      }
      expect(captions.every((caption) => caption.text.split('\n').length <= 2)).toBe(true)
      expect(captions.every((caption) => caption.text.split('\n').every((line) => line.length <= 42))).toBe(true)
    }),
  )
})

function inTime(steps: readonly { gap: number; length: number; words: string[] }[]): Cue[] {
  let at = 0
  return steps.map(({ gap, length, words }) => {
    const startMs = at + gap
    at = startMs + length
    return { startMs, endMs: at, text: words.join(' ') }
  })
}
