import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resultKey } from './result-key.ts'

const file = { id: 'art_1', sha256: 'a'.repeat(64), kind: 'audio', mime: 'audio/flac', bytes: 7, name: 'one.flac' }

describe('resultKey', () => {
  it('does not depend on the order of properties', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).toReversed())
        expect(resultKey([value])).toBe(resultKey([turned]))
      }),
    )
  })

  it('knows a file by its bytes, whoever refers to it', () => {
    expect(resultKey([{ from: file }])).toBe(resultKey([{ from: { ...file, id: 'art_2', name: 'two.flac' } }]))
    expect(resultKey([{ from: file }])).not.toBe(resultKey([{ from: { ...file, sha256: 'b'.repeat(64) } }]))
    expect(resultKey([{ from: file }])).not.toBe(resultKey([{ from: { ...file, language: 'es' } }]))
  })

  it('tells values apart', () => {
    expect(resultKey(['a', 1])).not.toBe(resultKey(['a', '1']))
    expect(resultKey([['a'], 'b'])).not.toBe(resultKey([['a', 'b']]))
    expect(resultKey([{ x: undefined }])).toBe(resultKey([{}]))
  })
})
