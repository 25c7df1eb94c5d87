import { describe, expect, it } from 'vitest'
import { batch } from './batch.ts'

describe('batch', () => {
  it('does in one flush what was asked during the one before', async () => {
    const flushes: number[][] = []
    const double = batch(async (items: readonly number[]) => {
      flushes.push([...items])
      await Promise.resolve()
      return items.map((item) => item * 2)
    }, 3)
    expect(await Promise.all([1, 2, 3, 4, 5].map(double))).toEqual([2, 4, 6, 8, 10])
    expect(flushes).toEqual([[1], [2, 3, 4], [5]])
  })

  it('lets one item that cannot be done harm no other', async () => {
    const flush = batch(async (items: readonly string[]) => {
      if (items.includes('bad')) throw new Error('no')
      return items
    }, 10)
    const answers = await Promise.allSettled(['a', 'b', 'bad', 'c'].map(flush))
    expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
  })
})
