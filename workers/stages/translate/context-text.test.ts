import { expect, it } from 'vitest'
import { contextText } from './context-text.ts'
import { lengthBudgets } from './length-budget.ts'

it('gives a short text whole, with the numbers of its lines', () => {
  expect(contextText(['a', 'b', 'c'], 1, 2)).toBe('1. a\n2. b\n3. c')
})

it('gives of a long text its beginning, what stands around the batch, and the batch itself', () => {
  const texts = Array.from({ length: 3000 }, (_, index) => `This is line number ${index + 1} of a long film.`)
  const context = contextText(texts, 2000, 2025)
  expect(context.length).toBeLessThan(20_000)
  for (const line of [1, 1990, 2001, 2025, 2030]) expect(context).toContain(`${line}. This is line number ${line} `)
  expect(context).not.toContain('line number 1000 ')
})

it('counts the characters that can be said until the next line, and borrows little from long pauses', () => {
  const cues = [
    { startMs: 0, endMs: 2000, text: 'x' },
    { startMs: 2000, endMs: 3000, text: 'x' },
    { startMs: 60_000, endMs: 60_100, text: 'x' },
  ]
  expect(lengthBudgets(cues, 61_000, 'es')).toEqual([30, 27, 12])
  expect(lengthBudgets(cues, 61_000, 'ja')).toEqual([12, 12, 12])
})
