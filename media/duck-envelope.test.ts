import fc from 'fast-check'
import { expect, it } from 'vitest'
import { duckEnvelope, ENVELOPE_RATE } from './duck-envelope.ts'

const DOWN = Math.round(32_767 * 10 ** (-19 / 20))

it('goes down before speech, stays down in it, and comes up after it', () => {
  const at = (ms: number) => envelope[(ms * ENVELOPE_RATE) / 1000]
  const envelope = duckEnvelope([{ startMs: 1000, endMs: 2000 }], 4000)
  expect([at(845), at(1000), at(1500), at(2000), at(2155)]).toEqual([32_767, DOWN, DOWN, DOWN, 32_767])
  expect(at(925)).toBeGreaterThan(DOWN)
  expect(at(925)).toBeLessThan(32_767)
})

it('stays down in short pauses', () => {
  const envelope = duckEnvelope(
    [
      { startMs: 3000, endMs: 4000 },
      { startMs: 1000, endMs: 2600 },
    ],
    6000,
  )
  expect(envelope[(2800 * ENVELOPE_RATE) / 1000]).toBe(DOWN)
})

it('is never silent, never above one, and down wherever anybody speaks', () => {
  const region = fc
    .record({ startMs: fc.nat(20_000), length: fc.nat(3000) })
    .map(({ startMs, length }) => ({ startMs, endMs: startMs + length }))
  fc.assert(
    fc.property(fc.array(region, { maxLength: 10 }), (regions) => {
      const envelope = duckEnvelope(regions, 20_000)
      expect(envelope.every((gain) => gain >= DOWN && gain <= 32_767)).toBe(true)
      for (const { startMs, endMs } of regions) {
        const first = Math.ceil((startMs * ENVELOPE_RATE) / 1000)
        const inside = envelope.subarray(first, Math.floor((endMs * ENVELOPE_RATE) / 1000) + 1)
        expect(inside.every((gain) => gain === DOWN)).toBe(true)
      }
    }),
  )
})
