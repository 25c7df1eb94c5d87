import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRange } from './parse-range.ts'

test.each([
  ['bytes=0-0', 10, { start: 0, end: 0 }],
  ['bytes=4-', 10, { start: 4, end: 9 }],
  ['bytes=4-99', 10, { start: 4, end: 9 }],
  ['bytes=-3', 10, { start: 7, end: 9 }],
  ['bytes=-99', 10, { start: 0, end: 9 }],
  ['bytes=10-', 10, 'unsatisfiable'],
  ['bytes=0-', 0, 'unsatisfiable'],
  ['bytes=-0', 10, 'unsatisfiable'],
  ['bytes=5-2', 10, undefined],
  ['bytes=0-1,4-5', 10, undefined],
  ['lines=1-2', 10, undefined],
  ['bytes=-', 10, undefined],
] as const)('%s of %i bytes', (header, bytes, expected) => {
  expect(parseRange(header, bytes)).toEqual(expected)
})

test('what is answered lies within the file', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.nat(5000), (first, last, bytes) => {
      const range = parseRange(`bytes=${first}-${last}`, bytes)
      if (typeof range !== 'object') return
      expect(range.start).toBeLessThanOrEqual(range.end)
      expect(range.end).toBeLessThan(bytes)
    }),
  )
})
