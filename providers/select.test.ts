import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STRATEGIES } from '#domain/strategy.ts'
import { type Candidate, orderCandidates } from './select.ts'

function candidate(id: string, over: Partial<Candidate> = {}): Candidate {
  return { id, draft: false, rank: { quality: 50, speed: 50 }, price: 0, record: { calls: 0, ok: 0 }, load: 0, ...over }
}

const ids = (list: readonly Candidate[]) => list.map(({ id }) => id)

describe('orderCandidates', () => {
  const good = candidate('good', { rank: { quality: 90, speed: 30 }, price: 0.12 })
  const quick = candidate('quick', { rank: { quality: 70, speed: 90 }, price: 0.02 })
  const local = candidate('local', { rank: { quality: 10, speed: 80 }, draft: true })
  const three = [local, quick, good]

  it('goes by quality unless told otherwise', () => {
    expect(ids(orderCandidates(three, {}))).toEqual(['good', 'quick', 'local'])
  })

  it('goes by what the strategy names', () => {
    expect(ids(orderCandidates(three, { strategy: 'speed' }))).toEqual(['quick', 'local', 'good'])
    expect(ids(orderCandidates(three, { strategy: 'cost' }))).toEqual(['local', 'quick', 'good'])
  })

  it('goes by how calls went, without condemning for one failure or praising a stranger', () => {
    const failing = candidate('failing', { record: { calls: 100, ok: 50 } })
    const steady = candidate('steady', { record: { calls: 100, ok: 99 } })
    const unlucky = candidate('unlucky', { record: { calls: 1, ok: 0 } })
    const stranger = candidate('stranger')
    expect(ids(orderCandidates([failing, stranger, unlucky, steady], { strategy: 'reliability' }))).toEqual([
      'steady',
      'failing',
      'stranger',
      'unlucky',
    ])
  })

  it('goes by load, with drafts last however idle', () => {
    const busy = candidate('busy', { load: 2 })
    const idle = candidate('idle', { load: 0.25 })
    expect(ids(orderCandidates([local, busy, idle], { strategy: 'load' }))).toEqual(['idle', 'busy', 'local'])
  })

  it('takes a name for an order: that one or none', () => {
    expect(ids(orderCandidates(three, { provider: 'quick', strategy: 'cost' }))).toEqual(['quick'])
    expect(orderCandidates(three, { provider: 'nobody' })).toEqual([])
  })

  const some = fc.uniqueArray(
    fc.record({
      id: fc.string({ minLength: 1, maxLength: 4 }),
      draft: fc.boolean(),
      rank: fc.record({ quality: fc.integer({ min: 0, max: 100 }), speed: fc.integer({ min: 0, max: 100 }) }),
      price: fc.double({ min: 0, max: 10, noNaN: true }),
      record: fc.tuple(fc.nat(500), fc.nat(500)).map(([a, b]) => ({ calls: a + b, ok: a })),
      load: fc.double({ min: 0, max: 20, noNaN: true }),
    }),
    { selector: ({ id }) => id, maxLength: 8 },
  )

  it('loses nobody, and does not depend on the order it is given', () => {
    fc.assert(
      fc.property(some, fc.constantFrom(...STRATEGIES), (list, strategy) => {
        const ordered = ids(orderCandidates(list, { strategy }))
        expect(ordered.toSorted()).toEqual(ids(list).toSorted())
        expect(ids(orderCandidates(list.toReversed(), { strategy }))).toEqual(ordered)
      }),
    )
  })

  it('never puts the worse before the better in what the strategy looks at', () => {
    fc.assert(
      fc.property(some, (list) => {
        const bySpeed = orderCandidates(list, { strategy: 'speed' }).map(({ rank }) => rank.speed)
        const byCost = orderCandidates(list, { strategy: 'cost' }).map(({ price }) => price)
        const drafts = orderCandidates(list, { strategy: 'reliability' }).map(({ draft }) => draft)
        expect(bySpeed).toEqual(bySpeed.toSorted((a, b) => b - a))
        expect(byCost).toEqual(byCost.toSorted((a, b) => a - b))
        expect(drafts).toEqual(drafts.toSorted((a, b) => Number(a) - Number(b)))
      }),
    )
  })
})
